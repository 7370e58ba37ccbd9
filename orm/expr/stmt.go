package expr

// Stmt is a whole statement. The interface is sealed.
type Stmt interface{ stmtNode() }

func (Text) stmtNode() {}
