package features

// Document is one judgment as a dump gives it, before anything is read from its text.
// Every field but Text may be empty. The text wins over the dump's columns; the columns complete it.
type Document struct {
	ID         string // the dump's own id
	Path       string // relative to the INPUT argument, "a.zip!dir/x.csv" for members
	Record     int64  // 0-based number inside the source file
	Text       string
	Title      string
	CaseNumber string
	Court      string
	Date       string
	Cause      string
	Procedure  string // 一审, 二审, 再审 as the dump names it
	DocType    string
	FileName   string
}
