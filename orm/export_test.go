package orm

// FormatArgs is how echo shows arguments.
var FormatArgs = formatArgs
