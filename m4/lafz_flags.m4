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
