package corpus

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

var readers = map[string]reader{}

func init() {
	readers = map[string]reader{"csv": readCSV, "tsv": readCSV, "jsonl": readJSON, "json": readJSON,
		"text": readPlain, "xlsx": readXLSX, "docx": readDocx, "html": readHTML, "mhtml": readMHTML, "wenshu": readWenshu,
		"rtf": readRTF, "parquet": readParquet}
}

// Formats are the values of Options.Format besides "auto".
func Formats() []string {
	return []string{"csv", "tsv", "jsonl", "json", "xlsx", "html", "mhtml", "wenshu", "text", "docx", "rtf", "parquet"}
}

// magic numbers of what is not read, with the way out.
var unread = []struct{ magic, what, remedy string }{
	{"\xd0\xcf\x11\xe0", "a binary Office file (old Word or Excel)", "convert it: soffice --headless --convert-to docx %s"},
	{"%PDF", "a PDF", "convert it: pdftotext -enc UTF-8 %s"},
	{"Rar!", "a rar archive", "unpack it: 7z x %s"},
	{"7z\xbc\xaf", "a 7z archive", "unpack it: 7z x %s"},
	{"BZh", "a bzip2 file", "unpack it: bunzip2 %s"},
	{"\xfd7zXZ", "an xz file", "unpack it: unxz %s"},
}

// detect decides a file's format by its first bytes; the name only helps where several readings are possible.
// The error is a *RecordError.
func detect(head []byte, name string) (string, error) {
	for _, u := range unread {
		if bytes.HasPrefix(head, []byte(u.magic)) {
			return "", &RecordError{ByteOffset: 0, Code: CodeUnsupported, Message: "this is " + u.what + ", which is not read",
				Remedy: strings.ReplaceAll(u.remedy, "%s", shellQuote(name))}
		}
	}
	switch {
	case isZip(head):
		return zipFormat(head, name), nil
	case bytes.HasPrefix(head, []byte("PAR1")):
		return "parquet", nil
	case bytes.HasPrefix(head, []byte(`{\rtf`)):
		return "rtf", nil
	case len(head) > 262 && string(head[257:262]) == "ustar":
		return "", &RecordError{ByteOffset: 0, Code: CodeUnsupported, Message: "this is a tar archive, which is not read",
			Remedy: "unpack it: tar xf " + shellQuote(name)}
	}
	text, fault := headText(head)
	if fault != nil {
		return "", fault
	}
	return textFormat(text, name), nil
}

// zipFormat tells the documents that are zip files apart by the first names in them.
func zipFormat(head []byte, name string) string {
	ext := strings.ToLower(path.Ext(name))
	switch {
	case bytes.Contains(head, []byte("xl/")) || ext == ".xlsx":
		return "xlsx"
	}
	return "docx"
}

// shellQuote quotes a file name for a command line that the user may copy.
func shellQuote(name string) string {
	if !strings.ContainsAny(name, " '\"$()&;<>|*?[]\\!#~`") {
		return name
	}
	return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
}

// headText gives the beginning of a text file as UTF-8, only for looking at it; the fault says that it is no text.
func headText(head []byte) (string, *RecordError) {
	if enc := utf16Of(head); enc != nil {
		out, _ := enc.NewDecoder().Bytes(head[:len(head)&^1])
		return strings.TrimPrefix(string(out), "\ufeff"), nil
	}
	if at := bytes.IndexByte(head, 0); at >= 0 && !mostlyText(head) {
		return "", &RecordError{ByteOffset: int64(at), Code: CodeUnknown, Message: "these bytes are no known format",
			Excerpt: excerpt(head[:min(len(head), 40)]), Remedy: "remove the file from the input, or convert it to text, CSV or JSON Lines"}
	}
	text := string(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")))
	if !utf8.ValidString(text) && charsetOf(head) == gb18030 {
		text, _ = simplifiedchinese.GB18030.NewDecoder().String(text)
	}
	return text, nil
}

// mostlyText reports that NUL and other control bytes are rare, as in a text that was damaged.
func mostlyText(head []byte) bool {
	odd := 0
	for _, c := range head {
		if c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' {
			odd++
		}
	}
	return odd*10 < len(head)
}

// textFormat tells text formats apart.
func textFormat(text, name string) string {
	ext := strings.ToLower(path.Ext(name))
	start := strings.TrimLeft(text, " \t\r\n\ufeff")
	lower := strings.ToLower(start[:min(len(start), 2048)])
	switch {
	case strings.HasPrefix(start, `{\rtf`):
		return "rtf"
	case isMHTML(lower):
		return "mhtml"
	case strings.HasPrefix(start, "{"), strings.HasPrefix(start, "[") && ext != ".txt" && isJSONArray(start):
		if lineJSON(start) {
			return "jsonl"
		}
		return "json"
	case strings.Contains(lower, "caseinfo=json.stringify") || strings.Contains(text, "jsonHtmlData"):
		return "wenshu"
	case strings.HasPrefix(start, "<?xml") && strings.Contains(lower, "worddocument"):
		return "docx"
	case strings.HasPrefix(lower, "<!doctype html"), strings.HasPrefix(lower, "<html"), strings.HasPrefix(start, "<") && looksHTML(text):
		return "html"
	}
	if d := delimiterOf(text, ext); d != 0 {
		if d == '\t' {
			return "tsv"
		}
		return "csv"
	}
	if looksHTML(text) && (ext == ".html" || ext == ".htm" || ext == ".doc") {
		return "html"
	}
	return "text"
}

// isMHTML reports a web archive: MIME headers with a multipart/related or text/html body.
func isMHTML(lower string) bool {
	return strings.Contains(lower, "mime-version:") && strings.Contains(lower, "content-type:") &&
		(strings.HasPrefix(lower, "mime-version:") || strings.HasPrefix(lower, "from:") || strings.HasPrefix(lower, "content-type:") ||
			strings.HasPrefix(lower, "subject:") || strings.HasPrefix(lower, "date:"))
}

// delimiterOf gives the delimiter if the first line is the heading of a table, 0 else.
func delimiterOf(text, ext string) byte {
	line, rest, _ := strings.Cut(strings.TrimLeft(text, "\r\n"), "\n")
	if strings.HasPrefix(line, string(separatorLine)) {
		line, _, _ = strings.Cut(rest, "\n")
	}
	line = strings.TrimRight(line, "\r")
	best, known := byte(0), 0
	for _, d := range []byte{',', '\t', ';'} {
		names := strings.Split(line, string(d))
		if len(names) < 2 {
			continue
		}
		if l := layoutOf(names, nil); l.known > known {
			best, known = d, l.known
		}
	}
	if known >= 2 {
		return best
	}
	switch {
	case ext == ".tsv":
		return '\t'
	case ext == ".csv" && strings.Count(line, "\t") > strings.Count(line, ","):
		return '\t'
	case ext == ".csv" && strings.Count(line, ";") > strings.Count(line, ","):
		return ';'
	case ext == ".csv":
		return ','
	}
	return 0
}
