package site

import "strings"

// addEmbedding adds what other sites embed: the loader, a page that shows how,
// and a page for each step, and one for programs that come with the address,
// which stand in a frame.
func (s *Site) addEmbedding() error {
	s.add(newFile("embed/orm-playground.js", s.pages.assets.Embed))
	how := s.pages.page("../", "Embed a program · ormlab", "One element shows a Go program in your own page, and runs it there.")
	how.Step = s.pages.lessons[0].Steps[0]
	if err := s.addPage("embed/index.html", "embed", how); err != nil {
		return err
	}
	code := s.pages.page("../../", "A program · ormlab", "A Go program that came with the address of this page.")
	if err := s.addPage("embed/code/index.html", "frame", code); err != nil {
		return err
	}
	for _, step := range s.pages.steps() {
		p := s.pages.page("../../../", step.Path+" · ormlab", "A Go program of a lesson, and what it prints.")
		p.Step = step
		p.Within = "lessons/" + strings.TrimSuffix(step.Path, step.Name) + "#" + step.Name
		if strings.HasPrefix(step.Path, "scratch/") {
			p.Within = "scratch/#" + step.Name
		}
		if err := s.addPage("embed/"+step.Path+"/index.html", "frame", p); err != nil {
			return err
		}
	}
	return nil
}
