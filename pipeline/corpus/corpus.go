// Package corpus turns dumps of judgments (裁判文书数据包) into records or record errors.
//
// MakePlan lists the files and archive members of the inputs without reading a record; Plan.Read streams one unit
// of that plan. Every row, line, page or document of a source becomes exactly one Record or one RecordError, so that
// a ledger can balance; memory is bounded by the largest record and not by the file. What a file is, is decided by
// its content and not by its name.
//
// The package knows formats, encodings and column names. It refuses to know law, to mend wording, to guess an encoding
// record by record, to evaluate formulas and to unpack archives onto the disk. Only package pipeline imports it;
// it imports nothing of ours, and Parquet comes in through Options.Parquet so that Arrow stays in pipeline/columnar.
package corpus

// Record is one document (一份文书) as the dump gives it.
type Record struct {
	SourcePath string            // relative to the INPUT argument, "a.zip!dir/x.csv" for members; slash separated
	Index      int64             // 0-based record number inside its source file, errors counted too
	ByteOffset int64             // offset of the record in the decompressed source, -1 unknown
	ID         string            // the dump's own id, "" if it has none
	Fields     Fields            // metadata columns, header block, file name, in this order of precedence
	Text       string            // UTF-8, paragraphs as lines; entities, scripts and advertisements removed
	Meta       map[string]string // the other columns, nil if none
}

// Fields are the metadata of a record; "" where absent. They are the dump's claims and not checked.
type Fields struct {
	Title      string // 标题, 案件名称
	CaseNumber string // 案号
	Court      string // 法院
	Date       string // 裁判日期: the day of the judgment, in the dump's own spelling
	PubDate    string // 公开日期: the day of publication, never the day of the judgment
	Cause      string // 案由
	Procedure  string // 审理程序
	DocType    string // 文书类型
	CaseType   string // 案件类型
	Province   string // 所属地区
	Parties    string // 当事人
	Basis      string // 法律依据
	URL        string // 原始链接
}

// RecordError is a record, or a whole file, that could not be read. It names the place and the remedy.
type RecordError struct {
	SourcePath string // as in Record
	Index      int64  // as in Record
	ByteOffset int64  // where the fault lies in the decompressed source, -1 unknown
	Code       string // one of the Code constants
	Message    string // what is wrong, one sentence
	Remedy     string // what the user can do, one sentence
	Excerpt    string // up to 120 characters at the fault, "" if none is printable
}

// Error gives place, fault and remedy in one line.
func (e *RecordError) Error() string {
	return place(e.SourcePath, e.Index, e.ByteOffset) + ": " + e.Message + " (" + e.Code + "); " + e.Remedy
}

// Codes of record errors. They are a contract: the table rejects shows them.
const (
	CodeUnreadable   = "unreadable"     // the file cannot be opened or a read fails
	CodeTruncated    = "truncated"      // a compressed file or archive ends too early
	CodeCorrupt      = "corrupt"        // a compressed file, archive or container is damaged
	CodeChecksum     = "bad_checksum"   // the content does not match its stored checksum
	CodeBomb         = "zip_bomb"       // it would unpack to far more than is plausible
	CodeUnsafePath   = "unsafe_path"    // a member name leaves its archive ("..", absolute)
	CodeNested       = "nested_archive" // an archive in an archive in an archive
	CodeEncrypted    = "encrypted"      // the member asks for a password
	CodeUnsupported  = "unsupported"    // a known format that is not read (binary Word, PDF, rar, 7z)
	CodeUnknown      = "unknown_format" // bytes that are no known format
	CodeNUL          = "nul_bytes"      // NUL bytes inside text
	CodeEncoding     = "bad_encoding"   // bytes that are broken in the file's encoding
	CodeMixed        = "mixed_encoding" // bytes of another encoding than the rest of the file
	CodeSurrogate    = "lone_surrogate" // half a UTF-16 pair, in a JSON escape or in UTF-16
	CodeTooLarge     = "record_too_large"
	CodeUnclosed     = "unclosed_quote" // a CSV quote that never closes
	CodeColumns      = "column_count"   // a CSV row with another number of columns than the heading
	CodeNoText       = "no_text_column" // no column of the file holds the text
	CodeJSON         = "bad_json"       // no valid JSON value
	CodeJSONType     = "json_type"      // valid JSON, but no object or no text where text is due
	CodeEmpty        = "empty_text"     // the record holds no text
	CodeLogin        = "login_page"     // a page that asks to log in instead of a document
	CodeFormula      = "formula"        // the text cell of a spreadsheet is a formula
	CodeUnknownField = "bad_map"        // Options.Map names a field that does not exist
)

// ParquetOpener opens a Parquet file: its columns, a function that gives one row after another as column -> text
// (io.EOF at the end), and one that closes it. The caller owns Arrow; see package comment.
type ParquetOpener func(path string) (columns []string, next func() (map[string]string, error), close func() error, err error)

// Options say how inputs are read. The zero value reads everything by its content.
type Options struct {
	Format    string            // "" or "auto": by content; else one of Formats()
	Map       map[string]string // column name -> field name (see FieldNames) for unknown layouts
	MaxRecord int               // largest record in bytes, 0 = 64 MiB
	Parquet   ParquetOpener     // nil: Parquet files are rejected
}

const defaultMaxRecord = 64 << 20

func (o Options) maxRecord() int {
	if o.MaxRecord > 0 {
		return o.MaxRecord
	}
	return defaultMaxRecord
}
