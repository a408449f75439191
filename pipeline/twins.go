package pipeline

import (
	"path/filepath"

	"caipan/pipeline/columnar"
	"caipan/pipeline/dataset"
	"caipan/pipeline/runinfo"
)

// writeTwins writes csv/TABLE.csv for the named tables from their Parquet files under dir.
func writeTwins(dir string, r *runinfo.Run, names []string) (out []columnar.Part, err error) {
	for _, t := range r.Tables {
		for _, name := range names {
			if name != t.Name {
				continue
			}
			p, err := writeTwin(dir, r, t)
			if err != nil {
				return nil, err
			}
			out = append(out, p)
		}
	}
	return out, nil
}

func writeTwin(dir string, r *runinfo.Run, t runinfo.Table) (columnar.Part, error) {
	p := columnar.Part{Path: "csv/" + t.Name + ".csv", Rows: t.Rows}
	rd, err := r.Open(dir, t.Name)
	if err != nil {
		return p, err
	}
	s, err := columnar.NewSink(filepath.Join(dir, "csv", t.Name+".csv"))
	if err != nil {
		return p, err
	}
	w := dataset.NewCSVWriter(s, dataset.Named(t.Name))
	if err := rd.Each(w.Write); err != nil {
		s.Abort()
		return p, err
	}
	if err := w.Close(); err != nil {
		s.Abort()
		return p, err
	}
	p.Bytes, p.SHA256, err = s.Commit()
	return p, err
}

// CSVTables are the tables of a stage that --csv means when it names none: all but the large ones.
func CSVTables(stage string) (out []string) {
	for _, t := range dataset.Of(stage) {
		if t.Name != "terms" && t.Name != "filtered" && t.Name != "trace" {
			out = append(out, t.Name)
		}
	}
	return out
}
