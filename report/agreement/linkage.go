package agreement

// Merge joins two groups of an average-linkage clustering. Groups below n are the units themselves, group n+k is the
// k-th merge.
type Merge struct {
	A, B   int
	Height float64 // mean distance between the members of the two
}

// AverageLinkage clusters n units by their distances (Sokal and Michener 1958, UPGMA): the two groups with the
// smallest mean distance are joined first, of equal ones those that stand first. It returns the n-1 merges and the
// order of the units in which no merge crosses another; both are empty for no units.
func AverageLinkage(n int, distance func(i, j int) float64) ([]Merge, []int) {
	var groups []linked
	for i := range n {
		groups = append(groups, linked{i, []int{i}})
	}
	var merges []Merge
	for len(groups) > 1 {
		a, b, height := nearest(groups, distance)
		merges = append(merges, Merge{groups[a].id, groups[b].id, height})
		joined := linked{n + len(merges) - 1, append(append([]int{}, groups[a].members...), groups[b].members...)}
		groups = append(groups[:b], groups[b+1:]...)
		groups[a] = joined
	}
	if n == 0 {
		return nil, nil
	}
	return merges, groups[0].members
}

// linked is a group on its way.
type linked struct {
	id      int
	members []int
}

func nearest(groups []linked, distance func(i, j int) float64) (a, b int, height float64) {
	a = -1
	for i := range groups {
		for j := i + 1; j < len(groups); j++ {
			sum := 0.0
			for _, x := range groups[i].members {
				for _, y := range groups[j].members {
					sum += distance(x, y)
				}
			}
			mean := sum / float64(len(groups[i].members)*len(groups[j].members))
			if a < 0 || mean < height-1e-12 {
				a, b, height = i, j, mean
			}
		}
	}
	return a, b, height
}
