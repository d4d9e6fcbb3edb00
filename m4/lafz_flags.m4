# LAFZ_COMPILER_FLAGS(VARIABLE, FLAGS), LAFZ_LINKER_FLAGS(VARIABLE, FLAGS)
# Append to VARIABLE each of the FLAGS that the compiler takes without a word.
AC_DEFUN([LAFZ_COMPILER_FLAGS], [_LAFZ_FLAGS([$1], [$2], [CFLAGS], [AC_COMPILE_IFELSE])])
AC_DEFUN([LAFZ_LINKER_FLAGS], [_LAFZ_FLAGS([$1], [$2], [LDFLAGS], [AC_LINK_IFELSE])])

# _LAFZ_FLAGS(VARIABLE, FLAGS, VARIABLE-OF-THE-USER, TEST)
AC_DEFUN([_LAFZ_FLAGS], [
for lafz_flag in m4_normalize([$2]); do
  AC_MSG_CHECKING([whether $CC takes $lafz_flag])
  lafz_saved_flags=$$3
  $3="$$3 -Werror $lafz_flag"
  $4([AC_LANG_PROGRAM([[#include <stdlib.h>]])], [lafz_takes=yes], [lafz_takes=no])
  $3=$lafz_saved_flags
  AC_MSG_RESULT([$lafz_takes])
  AS_IF([test "$lafz_takes" = yes], [AS_VAR_APPEND([$1], [" $lafz_flag"])])
done])

# LAFZ_FORTIFY
# Adds _FORTIFY_SOURCE to LAFZ_CPPFLAGS where it can work, with optimisation, and where nobody has set it yet.
AC_DEFUN([LAFZ_FORTIFY], [
AC_MSG_CHECKING([whether to add _FORTIFY_SOURCE])
AC_COMPILE_IFELSE([AC_LANG_SOURCE([[
#if !defined __OPTIMIZE__ || defined _FORTIFY_SOURCE
#error "no"
#endif
]])], [lafz_takes=yes], [lafz_takes=no])
AC_MSG_RESULT([$lafz_takes])
AS_IF([test "$lafz_takes" = yes], [AS_VAR_APPEND([LAFZ_CPPFLAGS], [" -D_FORTIFY_SOURCE=2"])])])

# LAFZ_KERNEL(NAME, FLAGS, HEADER, STATEMENT)
# Whether the scanner's kernel NAME can be built: whether the compiler takes STATEMENT, with HEADER included, under FLAGS.
# If so, KERNEL_NAME_CFLAGS are the flags of its file, and LAFZ_KERNEL_NAME is defined.
AC_DEFUN([LAFZ_KERNEL], [
m4_pushdef([lafz_upper], [m4_toupper([$1])])
AC_MSG_CHECKING([whether the kernel $1 can be built])
lafz_saved_CFLAGS=$CFLAGS
CFLAGS="$CFLAGS $2"
AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[#include <$3>]], [[$4;]])], [lafz_takes=yes], [lafz_takes=no])
CFLAGS=$lafz_saved_CFLAGS
AC_MSG_RESULT([$lafz_takes])
AM_CONDITIONAL([KERNEL_]lafz_upper, [test "$lafz_takes" = yes])
AC_SUBST([KERNEL_]lafz_upper[_CFLAGS], ["$2"])
AS_IF([test "$lafz_takes" = yes], [AS_VAR_APPEND([LAFZ_CPPFLAGS], [" -DLAFZ_KERNEL_]lafz_upper["])])
m4_popdef([lafz_upper])])
