/*
 * The languages Lafz knows, a row each: name in the code, BCP 47 tag, script, support. A new
 * language is a row here, its letters and folds in src/norm, its evidence in src/run.
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
	ROW(FR, "fr", LATN, 0)                                                                     \
	ROW(DE, "de", LATN, 0)                                                                     \
	ROW(ES, "es", LATN, 0)                                                                     \
	ROW(IT, "it", LATN, 0)                                                                     \
	ROW(PT, "pt", LATN, 0)                                                                     \
	ROW(NL, "nl", LATN, 0)                                                                     \
	ROW(CA, "ca", LATN, 0)                                                                     \
	ROW(TR, "tr", LATN, 0)                                                                     \
	ROW(AZ, "az", LATN, 0)                                                                     \
	ROW(UZ, "uz", LATN, 0)                                                                     \
	ROW(ID, "id", LATN, 0)                                                                     \
	ROW(SO, "so", LATN, 0)                                                                     \
	ROW(SW, "sw", LATN, 0)                                                                     \
	ROW(HA, "ha", LATN, 0)                                                                     \
	ROW(KU, "ku", LATN, 0)
