package postgres

// connection gives back the URL: the driver reads it as libpq does.
func connection(rest string) (name string, single bool, err error) {
	return "postgresql://" + rest, false, nil
}
