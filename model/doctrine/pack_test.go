package doctrine

import "testing"

func TestShippedPacksLoad(t *testing.T) {
	for _, id := range ShippedIDs() {
		p, err := Shipped(id)
		if err != nil {
			t.Fatalf("%v", err)
		}
		if p.ID != id {
			t.Errorf("folder %s holds pack %s", id, p.ID)
		}
		if p.Digest == "" || len(p.Bundles) == 0 || p.Main() == nil {
			t.Errorf("%s: digest, bundles or main table missing", id)
		}
	}
}
