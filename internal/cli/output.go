package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// Output are the flags of a command that fills a folder.
type Output struct {
	Out     string   `short:"o" required:"" placeholder:"DIR" help:"Folder to fill. One that is not empty is refused without --resume or --force."`
	CSV     bool     `name:"csv" help:"Write each table as CSV too (UTF-8 with BOM; the large tables only with --csv-also)."`
	CSVAlso []string `name:"csv-also" placeholder:"TABLE" help:"Large tables to write as CSV as well: terms, filtered, trace."`
	Resume  bool     `help:"Go on with a run that was stopped; a finished one is left as it is."`
	Force   bool     `help:"Replace an earlier run; removes only what its run.json names."`
}

// Limit is --max-reject: a number of records or a share of those read. The zero Limit allows any number.
type Limit struct {
	set   bool
	n     int64
	share float64 // of the records read; negative: n counts
}

// ParseLimit reads N or N%; "" is no limit.
func ParseLimit(s string) (Limit, error) {
	if s == "" {
		return Limit{}, nil
	}
	if pct, ok := strings.CutSuffix(s, "%"); ok {
		f, err := strconv.ParseFloat(pct, 64)
		if err != nil || f < 0 || f > 100 {
			return Limit{}, Usagef("--max-reject %s: give a number of records or a share from 0%% to 100%%", s)
		}
		return Limit{set: true, share: f / 100}, nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return Limit{}, Usagef("--max-reject %s: give a number of records or a share such as 2%%", s)
	}
	return Limit{set: true, n: n, share: -1}, nil
}

// Check returns an error that wraps ErrRejects if more than the limit were rejected.
func (l Limit) Check(rejected, read int64) error {
	allowed := l.n
	if l.share >= 0 {
		allowed = int64(l.share * float64(read))
	}
	if !l.set || rejected <= allowed {
		return nil
	}
	return fmt.Errorf("%d of %d records rejected, %d allowed: %w; see the table rejects", rejected, read, allowed, ErrRejects)
}

// ReadMap reads a column mapping: lines "column = field", # begins a comment. "" gives none.
func ReadMap(path string) (map[string]string, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("--map: %w", err)
	}
	defer f.Close()
	out := map[string]string{}
	sc := bufio.NewScanner(f)
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(sc.Text(), "\ufeff"))
		if line == "" || line[0] == '#' {
			continue
		}
		column, field, ok := strings.Cut(line, "=")
		column, field = strings.TrimSpace(column), strings.TrimSpace(field)
		if !ok || column == "" || field == "" {
			return nil, Usagef("--map %s:%d: %q; write: column = field", path, n, line)
		}
		if _, twice := out[column]; twice {
			return nil, Usagef("--map %s:%d: column %s is mapped twice", path, n, column)
		}
		out[column] = field
	}
	return out, sc.Err()
}

// PrintJSON writes v as indented JSON.
func PrintJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
