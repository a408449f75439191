package corpus

import (
	"fmt"
	"io"
	"sort"
)

// readParquet reads a Parquet file through the opener that the caller injected.
func readParquet(src *source, out *sink) error {
	if src.opt.Parquet == nil {
		return out.fail(&RecordError{ByteOffset: -1, Code: CodeUnsupported, Message: "Parquet is not read here",
			Remedy: "convert it to JSON Lines or CSV"})
	}
	name, done, err := src.asFile()
	if err != nil {
		return out.broken(err, -1)
	}
	defer done()
	columns, next, shut, err := openParquet(src.opt.Parquet, name)
	if err != nil {
		return out.broken(err, -1)
	}
	defer shut()
	l := layoutOf(columns, src.opt.Map)
	if l.text == 0 {
		return out.fail(&RecordError{ByteOffset: -1, Code: CodeNoText, Message: fmt.Sprintf("no column is known to hold the text; the columns are %q", columns),
			Remedy: "name the column in a --map file, for example 判决全文: text"})
	}
	for {
		row, err := next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return out.broken(err, -1)
		}
		if out.skip() {
			continue
		}
		rec, fault := parquetRecord(l, row, src)
		if err := out.record(rec, fault, -1); err != nil {
			return err
		}
	}
}

// openParquet turns a panic of the opener on a damaged file into an error.
func openParquet(open ParquetOpener, name string) (columns []string, next func() (map[string]string, error), shut func() error, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the Parquet file cannot be opened: %v", r)
		}
	}()
	return open(name)
}

func parquetRecord(l layout, row map[string]string, src *source) (*Record, *RecordError) {
	size := 0
	for _, v := range row {
		size += len(v)
	}
	if size > src.opt.maxRecord() {
		return nil, tooLarge(src.opt.maxRecord())
	}
	a := newAssembler(src.opt)
	order := make([]int, len(l.names))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return l.names[order[i]] < l.names[order[j]] })
	for _, i := range order {
		a.add(l.roles[i], l.names[i], row[l.names[i]])
	}
	return a.finish("")
}
