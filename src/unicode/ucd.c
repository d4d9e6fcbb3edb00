#include "unicode/ucd.h"

#include "gen/ucd_tables.h"

const char *ucd_script_tag(uint8_t script)
{
	return ucd_script_tags[script < UCD_SCRIPT_COUNT ? script : UCD_SCRIPT_ZYYY];
}
