package coding

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// readWorkbook reads every sheet of an Excel file. Cells are read as they are stored, not as they are shown: 30 % is
// 0.3 and a day is its serial number (see Day).
func readWorkbook(name string, raw []byte) (out []Sheet, err error) {
	defer func() { // the library panics on some damaged workbooks
		if r := recover(); r != nil {
			out, err = nil, damaged(name, "", fmt.Errorf("%v", r))
		}
	}()
	book, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{RawCellValue: true, UnzipSizeLimit: 4 * maxSheetBytes})
	if err != nil {
		return nil, damaged(name, "", err)
	}
	defer book.Close()
	for _, sheet := range book.GetSheetList() {
		s, err := readSheet(book, name, sheet)
		if err != nil {
			return nil, damaged(name, sheet, err)
		}
		out = append(out, s)
	}
	return out, nil
}

func damaged(name, sheet string, err error) Faults {
	return Faults{{Place: Place{File: name, Sheet: sheet}, Message: "the workbook cannot be read: " + err.Error(),
		Remedy: "open it in Excel or LibreOffice and save it again as .xlsx, or as CSV UTF-8"}}
}

func readSheet(book *excelize.File, file, sheet string) (Sheet, error) {
	s := Sheet{File: file, Name: sheet}
	merged, values, err := mergedCells(book, sheet)
	if err != nil {
		return s, err
	}
	rows, err := book.Rows(sheet)
	if err != nil {
		return s, err
	}
	defer rows.Close()
	for no := 1; rows.Next(); no++ {
		cells, err := rows.Columns()
		if err != nil {
			return s, err
		}
		for col, v := range values[no] {
			for len(cells) <= col {
				cells = append(cells, "")
			}
			cells[col] = v
		}
		s.add(no, cells, merged[no])
	}
	return s, rows.Error()
}

// maxMerged bounds the rows of one merged range: a range over a whole column would fill a million rows.
const maxMerged = 100_000

// mergedCells gives, by row and column (from 0), the ranges and the values that the cells of merged ranges show.
func mergedCells(book *excelize.File, sheet string) (map[int]map[int]merge, map[int]map[int]string, error) {
	list, err := book.GetMergeCells(sheet)
	if err != nil {
		return nil, nil, err
	}
	merged, values := map[int]map[int]merge{}, map[int]map[int]string{}
	for _, m := range list {
		c1, r1, err1 := excelize.CellNameToCoordinates(m.GetStartAxis())
		c2, r2, err2 := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err1 != nil || err2 != nil || r2-r1 > maxMerged {
			return nil, nil, fmt.Errorf("the merged range %s:%s is not readable; unmerge it", m.GetStartAxis(), m.GetEndAxis())
		}
		for r := r1; r <= r2; r++ {
			if merged[r] == nil {
				merged[r], values[r] = map[int]merge{}, map[int]string{}
			}
			for c := c1; c <= c2; c++ {
				first := r == r1 && c == c1
				merged[r][c-1] = merge{m.GetStartAxis() + ":" + m.GetEndAxis(), c2 > c1, first}
				if !first {
					values[r][c-1] = m.GetCellValue()
				}
			}
		}
	}
	return merged, values, nil
}
