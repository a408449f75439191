package corpus

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/bytedance/sonic"
)

// strict is sonic's standard configuration with numbers kept as they are written.
var strict = sonic.Config{EscapeHTML: true, SortMapKeys: true, CompactMarshaler: true, CopyString: true, ValidateString: true, UseNumber: true}.Froze()

// maxDepth of nested JSON: deeper values only come from hostile input.
const maxDepth = 200

// readJSON reads JSON Lines, arrays, single objects and objects one after another.
func readJSON(src *source, out *sink) error {
	cs, base := src.textSource()
	text, _ := headText(src.head)
	lines := src.format == "jsonl" || src.format == "json" && lineJSON(strings.TrimLeft(text, " \t\r\n"))
	r := io.Reader(src.r)
	if cs == gb18030 && !lines { // braces occur inside GB18030 characters, so the whole is transcoded
		r, cs, base = gbReader(r), transcoded, -1
	}
	lossy := base < 0
	sp := &jsonSplitter{window: window{r: r, offset: max(base, 0)}, lines: lines, limit: src.opt.maxRecord()}
	for {
		v, err := sp.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			v.offset = sp.offset + int64(len(sp.buf))
		}
		if lossy {
			v.offset = -1
		}
		if err != nil {
			return out.broken(err, v.offset)
		}
		if out.skip() {
			continue
		}
		rec, fault := jsonRecord(src, &cs, v)
		if fault != nil && fault.ByteOffset >= 0 && !lossy {
			fault.ByteOffset += v.offset
		}
		if err := out.record(rec, fault, v.offset); err != nil {
			return err
		}
	}
}

// jsonRecord turns one value into a record; offsets of faults are relative to it.
func jsonRecord(src *source, cs *charset, v value) (*Record, *RecordError) {
	switch v.code {
	case CodeTooLarge:
		e := tooLarge(src.opt.maxRecord())
		e.Excerpt = excerpt(v.raw)
		return nil, e
	case CodeJSON:
		return nil, badJSON("the JSON object is cut off or its quotes do not match", v.raw)
	}
	raw, fault := cs.decode(v.raw)
	if fault != nil && fault.ByteOffset > int64(len(v.raw)-utf8.UTFMax) {
		return nil, badJSON("the JSON object is cut off inside a character", v.raw)
	}
	if fault != nil {
		return nil, fault
	}
	object, fault := parseObject(raw)
	if fault != nil {
		return nil, fault
	}
	a := newAssembler(src.opt)
	if fault := a.addObject(object, 0); fault != nil {
		return nil, fault
	}
	rec, fault := a.finish("")
	if fault != nil && fault.Code == CodeNoText {
		fault.Excerpt = excerpt(raw)
		fault.Remedy = "name the member in a --map file (判决全文: text); if one object wraps all judgments, unwrap it: jq -c '.data[]'"
	}
	return rec, fault
}

func badJSON(message string, raw []byte) *RecordError {
	return &RecordError{ByteOffset: -1, Code: CodeJSON, Message: message, Excerpt: excerpt(raw),
		Remedy: "check this record with jq; the records around it were read"}
}

// parseObject parses one JSON object after the checks that sonic leaves out: lone surrogates, depth, NUL.
func parseObject(raw []byte) (map[string]any, *RecordError) {
	if !utf8.Valid(raw) {
		return nil, brokenUTF8(raw)
	}
	if at := loneSurrogate(raw); at >= 0 {
		return nil, &RecordError{ByteOffset: int64(at), Code: CodeSurrogate, Message: "a \\u escape is half of a surrogate pair",
			Excerpt: excerpt(raw[at:]), Remedy: "the dump lost a character here; download the document again"}
	}
	if tooDeep(raw) {
		return nil, badJSON(fmt.Sprintf("the JSON value is nested deeper than %d", maxDepth), raw)
	}
	if len(raw) == 0 || raw[0] != '{' {
		return nil, &RecordError{ByteOffset: -1, Code: CodeJSONType, Message: "the JSON value is no object", Excerpt: excerpt(raw),
			Remedy: "give one object per judgment"}
	}
	var object map[string]any
	if err := strict.Unmarshal(raw, &object); err != nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return nil, badJSON("no valid JSON: "+first, raw)
	}
	return object, nil
}

// loneSurrogate finds a \u escape of half a pair; -1 if there is none.
func loneSurrogate(raw []byte) int {
	for at := 0; ; {
		i := bytes.Index(raw[at:], []byte(`\u`))
		if i < 0 {
			return -1
		}
		at += i
		if escapedBackslash(raw, at) {
			at += 2
			continue
		}
		switch first := hex4(raw, at); {
		case first >= 0xD800 && first <= 0xDBFF:
			if low := hex4(raw, at+6); low < 0xDC00 || low > 0xDFFF {
				return at
			}
			at += 12
		case first >= 0xDC00 && first <= 0xDFFF:
			return at
		default:
			at += 2
		}
	}
}

// escapedBackslash reports that the backslash at this place is itself escaped.
func escapedBackslash(raw []byte, at int) bool {
	n := 0
	for at--; at >= 0 && raw[at] == '\\'; at-- {
		n++
	}
	return n%2 == 1
}

// hex4 reads the \uXXXX escape at this place, -1 if there is none.
func hex4(raw []byte, at int) int {
	if at+6 > len(raw) || raw[at] != '\\' || raw[at+1] != 'u' {
		return -1
	}
	n, err := strconv.ParseUint(string(raw[at+2:at+6]), 16, 16)
	if err != nil {
		return -1
	}
	return int(n)
}

func tooDeep(raw []byte) bool {
	if bytes.Count(raw, []byte("{"))+bytes.Count(raw, []byte("[")) <= maxDepth {
		return false
	}
	var sc objectScan
	for at := 0; at < len(raw); {
		end := min(at+64, len(raw))
		n := sc.run(raw[at:end])
		if sc.depth > maxDepth-64 {
			return true
		}
		if sc.torn || n == 0 {
			return false
		}
		at += n
	}
	return false
}

// addObject takes the members of an object; one that wraps the document is opened (source: "{…}").
func (a *assembler) addObject(object map[string]any, depth int) *RecordError {
	const maxWraps = 3
	keys := make([]string, 0, len(object))
	for k := range object {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		r := a.role(k)
		if r.field == "wrap" {
			inner, fault := wrapped(object[k])
			if fault != nil {
				return fault
			}
			if inner != nil && depth < maxWraps {
				if fault := a.addObject(inner, depth+1); fault != nil {
					return fault
				}
				continue
			}
			r.field = ""
		}
		isText := r.field == "text" || r.group > 0
		s, ok := jsonText(object[k], isText)
		if !ok {
			return &RecordError{ByteOffset: -1, Code: CodeJSONType, Message: fmt.Sprintf("%s holds no text but %s", k, kind(object[k])),
				Excerpt: excerpt([]byte(s)), Remedy: "write the text of the judgment as a string, or map another column to text"}
		}
		a.add(r, k, s)
	}
	return nil
}

func (a *assembler) role(name string) role {
	l := layoutOf([]string{name}, a.opt.Map)
	return l.roles[0]
}

// wrapped opens a member that is itself a JSON object, also one written as a string; nil if it is none.
func wrapped(v any) (map[string]any, *RecordError) {
	switch v := v.(type) {
	case map[string]any:
		return v, nil
	case string:
		if s := strings.TrimSpace(v); strings.HasPrefix(s, "{") && strings.HasSuffix(s, "}") {
			inner, fault := parseObject([]byte(s))
			if fault != nil {
				fault.ByteOffset = -1
				fault.Message += " (in the JSON object that is written as a string)"
			}
			return inner, fault
		}
	}
	return nil, nil
}

// jsonText gives a member as text. For the judgment's own text only strings and lists of strings will do.
func jsonText(v any, isText bool) (s string, ok bool) {
	switch v := v.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case json.Number:
		return v.String(), !isText
	case bool:
		return strconv.FormatBool(v), !isText
	case []any:
		if list, ok := stringList(v); ok {
			if isText {
				return strings.Join(list, "\n"), true
			}
			return strings.Join(list, "、"), true
		}
	}
	b, err := strict.Marshal(v)
	return string(b), err == nil && !isText
}

func stringList(v []any) ([]string, bool) {
	list := make([]string, len(v))
	for i, e := range v {
		s, ok := e.(string)
		if !ok {
			return nil, false
		}
		list[i] = s
	}
	return list, true
}

func kind(v any) string {
	switch v.(type) {
	case json.Number:
		return "a number"
	case bool:
		return "true or false"
	case []any:
		return "a list"
	}
	return "an object"
}
