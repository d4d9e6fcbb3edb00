/*
 * The languages Lafz knows, a row each: name in the code, BCP 47 tag, script, support. A new
 * language is a row here, its letters and folds in src/norm, a list of words for tools/lid_train.
 *
 * Arabic-script languages without DETECTED have their alphabets protected but are not told apart
 * yet.
 */
#define LANG_LIST(ROW)                                                                             \
	ROW(UND, "und", ZYYY, 0)                                                                   \
	ROW(PS, "ps", ARAB, LAFZ_LANG_DETECTED | LAFZ_LANG_FOLDED | LAFZ_LANG_PROTECTED)           \
	ROW(FA, "fa", ARAB, LAFZ_LANG_DETECTED | LAFZ_LANG_FOLDED | LAFZ_LANG_PROTECTED)           \
	ROW(AR, "ar", ARAB, LAFZ_LANG_DETECTED | LAFZ_LANG_FOLDED | LAFZ_LANG_PROTECTED)           \
	ROW(UR, "ur", ARAB, LAFZ_LANG_DETECTED | LAFZ_LANG_FOLDED | LAFZ_LANG_PROTECTED)           \
	ROW(UG, "ug", ARAB, LAFZ_LANG_DETECTED | LAFZ_LANG_FOLDED | LAFZ_LANG_PROTECTED)           \
	ROW(SD, "sd", ARAB, LAFZ_LANG_DETECTED | LAFZ_LANG_FOLDED | LAFZ_LANG_PROTECTED)           \
	ROW(CKB, "ckb", ARAB, LAFZ_LANG_DETECTED | LAFZ_LANG_FOLDED | LAFZ_LANG_PROTECTED)         \
	ROW(AZB, "azb", ARAB, LAFZ_LANG_PROTECTED)                                                 \
	ROW(KS, "ks", ARAB, LAFZ_LANG_PROTECTED)                                                   \
	ROW(PNB, "pnb", ARAB, LAFZ_LANG_PROTECTED)                                                 \
	ROW(SKR, "skr", ARAB, LAFZ_LANG_PROTECTED)                                                 \
	ROW(MZN, "mzn", ARAB, LAFZ_LANG_PROTECTED)                                                 \
	ROW(GLK, "glk", ARAB, LAFZ_LANG_PROTECTED)                                                 \
	ROW(BAL, "bal", ARAB, LAFZ_LANG_PROTECTED)                                                 \
	ROW(UZ_ARAB, "uz-Arab", ARAB, LAFZ_LANG_PROTECTED)                                         \
	ROW(EN, "en", LATN, LAFZ_LANG_DETECTED)                                                    \
	ROW(FR, "fr", LATN, LAFZ_LANG_DETECTED)                                                    \
	ROW(DE, "de", LATN, LAFZ_LANG_DETECTED)                                                    \
	ROW(ES, "es", LATN, LAFZ_LANG_DETECTED)                                                    \
	ROW(IT, "it", LATN, LAFZ_LANG_DETECTED)                                                    \
	ROW(PT, "pt", LATN, LAFZ_LANG_DETECTED)                                                    \
	ROW(NL, "nl", LATN, LAFZ_LANG_DETECTED)                                                    \
	ROW(CA, "ca", LATN, 0)                                                                     \
	ROW(TR, "tr", LATN, LAFZ_LANG_DETECTED)                                                    \
	ROW(AZ, "az", LATN, LAFZ_LANG_DETECTED)                                                    \
	ROW(UZ, "uz", LATN, LAFZ_LANG_DETECTED)                                                    \
	ROW(ID, "id", LATN, LAFZ_LANG_DETECTED)                                                    \
	ROW(SO, "so", LATN, LAFZ_LANG_DETECTED)                                                    \
	ROW(SW, "sw", LATN, LAFZ_LANG_DETECTED)                                                    \
	ROW(HA, "ha", LATN, LAFZ_LANG_DETECTED)                                                    \
	ROW(KU, "ku", LATN, LAFZ_LANG_DETECTED)
