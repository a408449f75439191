package operator

import (
	"strings"
	"testing"
	"testing/fstest"
)

// A faulty table of brands is refused with file, line and remedy, all faults at once.
func TestBrandFaults(t *testing.T) {
	for name, c := range map[string]struct{ row, want string }{
		"role":     {`{brand: 甲网, companies: [{name: 甲公司, role: owner}]}`, `brands-mine.yaml:2: "role" of company "甲公司" of brand "甲网" is "owner"; use one of: operator, own_sales, affiliate`},
		"date":     {`{brand: 甲网, companies: [{name: 甲公司, role: operator, from: 2015-02-30}]}`, `write it as YYYY-MM-DD, a day that exists`},
		"order":    {`{brand: 甲网, companies: [{name: 甲公司, role: operator, from: 2015-03-01, to: 2014-03-01}]}`, `甲公司 is over before it begins; write the first day in from`},
		"twice":    {`{brand: 甲网, companies: [{name: 甲公司, role: operator, to: 2015-03-01}, {name: 甲公司, role: affiliate, from: 2015-03-01}]}`, `甲公司 stands twice for the same time`},
		"service":  {`{brand: 甲网, service_type: shop, companies: [{name: 甲公司, role: operator}]}`, `"service_type" of brand "甲网" is "shop"; use one of: `},
		"profit":   {`{brand: 甲网, profit: much, companies: [{name: 甲公司, role: operator}]}`, `use one of: direct, indirect, mixed, free`},
		"no firm":  {`{brand: 甲网, companies: []}`, `brands-mine.yaml:2`},
		"common":   {`{brand: 甲网, common: [乙网], companies: [{name: 甲公司, role: operator}]}`, `"乙网" is none of its names`},
		"unless":   {`{brand: 甲网, unless: [乙网吧], companies: [{name: 甲公司, role: operator}]}`, `"乙网吧" holds none of its names`},
		"key":      {`{brand: 甲网, alias: [乙], companies: [{name: 甲公司, role: operator}]}`, `alias`},
		"repeated": {"{brand: 甲网, companies: [{name: 甲公司, role: operator}]}\n- {brand: 甲网, companies: [{name: 乙公司, role: operator}]}", `brands-mine.yaml:3: brand "甲网" stands already in line 2`},
	} {
		_, err := Load(fstest.MapFS{"brands-mine.yaml": {Data: []byte("brands:\n- " + c.row)}})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// A row counts on the days from its first to its last, and always where the day is not known.
func TestBrandRowsHaveTheirTime(t *testing.T) {
	tables, err := Load(fstest.MapFS{"brands-mine.yaml": {Data: []byte(`brands:
- brand: 甲网
  companies:
  - {name: 某市甲网络有限公司, role: affiliate, to: 2015-02-28}
  - {name: 某市甲网络有限公司, role: operator, from: 2015-03-01, to: 2018-12-31}
  - {name: 某市乙网络有限公司, role: operator, from: 2019-01-01}
`)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, day, want string }{
		{"某市甲网络有限公司", "2015-02-28", roleAffiliate},
		{"某市甲网络有限公司", "2015-03-01", roleOperator},
		{"某市甲网络有限公司", "2018-12-31", roleOperator},
		{"某市甲网络有限公司", "2019-01-01", ""},
		{"某市甲网络有限公司", "", roleOperator},
		{"某市甲网络有限公司上海分公司", "2014-01-01", roleAffiliate},
		{"某市乙网络有限公司", "2018-12-31", ""},
		{"某市乙网络有限公司", "2024-01-01", roleOperator},
		{"浙江淘宝网络有限公司", "1999-01-01", roleOperator}, // a row without dates
	} {
		if got := tables.brands.company(c.name, c.day).role(); got != c.want {
			t.Errorf("%s on %q: role %q, want %q", c.name, c.day, got, c.want)
		}
	}
}

// A brand inside a longer word, or an ordinary word that a brand took for its name, is no brand.
func TestBrandsStandAsNames(t *testing.T) {
	tables, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	own := tables.brands.company("浙江淘宝网络有限公司", "")
	for words, want := range map[string]bool{
		"系京东商城的经营者":     true,
		"系北京东方商城的经营者":   false,
		"在北京京东商城开设店铺":   true,
		"应当当场核实该网站":     false,
		"系当当网的经营者":      true,
		"以最快的速度处理平台":    false,
		"系“快的”打车软件的经营者": true,
		"经营大麦若叶的网站":     false,
		"系同程平台的经营者":     true,
		"不同程度使用该平台":     false,
		"系江苏宁安网站的经营者":   false,
		"系苏宁易购网站的经营者":   true,
		"系天猫商城的经营者":     false, // of the same group
		"系该平台的经营者":      false,
	} {
		if got := tables.brands.foreign(words, own, tables.words.nameFollower); got != want {
			t.Errorf("%s: foreign %v, want %v", words, got, want)
		}
	}
}
