package corpus

import "bytes"

// readPlain reads a text file that holds one judgment.
func readPlain(src *source, out *sink) error {
	text, fault := src.wholeText()
	if fault != nil {
		return out.fail(fault)
	}
	if out.skip() {
		return nil
	}
	a := newAssembler(src.opt)
	a.add(role{field: "text"}, "text", text)
	rec, fault := a.finish(src.name)
	return out.record(rec, fault, 0)
}

// wholeText reads a single document as UTF-8 text.
func (src *source) wholeText() (text string, fault *RecordError) {
	cs, base := src.textSource()
	raw, err := src.whole()
	if err != nil {
		return "", readFault(err, int64(len(raw)))
	}
	if at := bytes.IndexByte(raw, 0); at >= 0 {
		return "", &RecordError{ByteOffset: shift(int64(at), base), Code: CodeNUL, Message: "the text holds NUL bytes",
			Excerpt: excerpt(raw[max(0, at-30):]), Remedy: "remove them (tr -d '\\000') or download the file again"}
	}
	out, fault := cs.decode(raw)
	if fault != nil {
		fault.ByteOffset = shift(fault.ByteOffset, base)
		return "", fault
	}
	return string(out), nil
}

// shift adds the base of a source to an offset; -1 if offsets are lost.
func shift(offset, base int64) int64 {
	if base < 0 || offset < 0 {
		return -1
	}
	return offset + base
}
