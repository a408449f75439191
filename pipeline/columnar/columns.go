package columnar

import "caipan/pipeline/dataset"

// Columns is t with the columns that the file of it has beyond those: a table may have columns that depend on the run.
func Columns(path string, t *dataset.Table) (*dataset.Table, error) {
	r, err := openParquet(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	s := r.MetaData().Schema
	var more []dataset.Column
	for i := range s.NumColumns() {
		d := s.Column(i)
		if name := d.ColumnPath()[0]; t.Column(name) < 0 {
			more = append(more, dataset.Column{Name: name, Kind: kindOf(d), Nullable: d.MaxRepetitionLevel() == 0 && d.MaxDefinitionLevel() > 0})
		}
	}
	return dataset.Extend(t, more), nil
}
