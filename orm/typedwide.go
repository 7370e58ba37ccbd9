package orm

// Select5 returns a statement that reads five expressions.
func Select5[A, B, C, D, E any](a Expr[A], b Expr[B], c Expr[C], d Expr[D], e Expr[E]) TypedSelect[Row5[A, B, C, D, E]] {
	return TypedSelect[Row5[A, B, C, D, E]]{Select(a, b, c, d, e)}
}

// Select6 returns a statement that reads six expressions.
func Select6[A, B, C, D, E, F any](a Expr[A], b Expr[B], c Expr[C], d Expr[D], e Expr[E], f Expr[F]) TypedSelect[Row6[A, B, C, D, E, F]] {
	return TypedSelect[Row6[A, B, C, D, E, F]]{Select(a, b, c, d, e, f)}
}

// Select7 returns a statement that reads seven expressions.
func Select7[A, B, C, D, E, F, G any](a Expr[A], b Expr[B], c Expr[C], d Expr[D], e Expr[E], f Expr[F], g Expr[G]) TypedSelect[Row7[A, B, C, D, E, F, G]] {
	return TypedSelect[Row7[A, B, C, D, E, F, G]]{Select(a, b, c, d, e, f, g)}
}

// Select8 returns a statement that reads eight expressions.
func Select8[A, B, C, D, E, F, G, H any](a Expr[A], b Expr[B], c Expr[C], d Expr[D], e Expr[E], f Expr[F], g Expr[G], h Expr[H]) TypedSelect[Row8[A, B, C, D, E, F, G, H]] {
	return TypedSelect[Row8[A, B, C, D, E, F, G, H]]{Select(a, b, c, d, e, f, g, h)}
}

// Row5 is a row of five values.
type Row5[A, B, C, D, E any] struct {
	V1 A
	V2 B
	V3 C
	V4 D
	V5 E
}

// Row6 is a row of six values.
type Row6[A, B, C, D, E, F any] struct {
	V1 A
	V2 B
	V3 C
	V4 D
	V5 E
	V6 F
}

// Row7 is a row of seven values.
type Row7[A, B, C, D, E, F, G any] struct {
	V1 A
	V2 B
	V3 C
	V4 D
	V5 E
	V6 F
	V7 G
}

// Row8 is a row of eight values.
type Row8[A, B, C, D, E, F, G, H any] struct {
	V1 A
	V2 B
	V3 C
	V4 D
	V5 E
	V6 F
	V7 G
	V8 H
}

func (Row5[A, B, C, D, E]) positional()          {}
func (Row6[A, B, C, D, E, F]) positional()       {}
func (Row7[A, B, C, D, E, F, G]) positional()    {}
func (Row8[A, B, C, D, E, F, G, H]) positional() {}
