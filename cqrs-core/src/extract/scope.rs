use super::source::{Crate, Module, Named};

/// A chain of `use`s longer than this is a circle.
const LONGEST_CHAIN: usize = 64;

/// What a path stands for.
pub(super) enum Found<'a> {
    /// An item of this crate, and the module that it stands in.
    Here(&'a Named, usize),
    /// Something of another crate, by its path there as far as the source says it.
    Elsewhere(Vec<String>),
    /// Nothing: a path into this crate that leads nowhere.
    Nowhere,
}

impl Crate {
    /// What a path stands for in a module.
    pub(super) fn resolve(&self, module: usize, path: &[String]) -> Found<'_> {
        self.resolve_within(module, path, None, LONGEST_CHAIN)
    }

    /// `skip` is the `use` whose own path this is: it does not stand for itself.
    fn resolve_within(&self, module: usize, path: &[String], skip: Option<usize>, fuel: usize) -> Found<'_> {
        let Some((first, rest)) = path.split_first() else { return Found::Nowhere };
        match first.as_str() {
            "::" => Found::Elsewhere(rest.to_vec()),
            "crate" => self.walk(0, rest, fuel),
            "self" => self.walk(module, rest, fuel),
            "super" => match self.modules[module].parent {
                Some(parent) if rest.first().is_some_and(|next| next == "super") => {
                    self.resolve_within(parent, rest, None, fuel)
                }
                Some(parent) => self.walk(parent, rest, fuel),
                None => Found::Nowhere,
            },
            _ => self.look_up(module, path, skip, fuel).unwrap_or_else(|| Found::Elsewhere(path.to_vec())),
        }
    }

    /// A path that starts inside a module of this crate.
    fn walk(&self, module: usize, path: &[String], fuel: usize) -> Found<'_> {
        self.look_up(module, path, None, fuel).unwrap_or(Found::Nowhere)
    }

    /// What a module's own names, its `use`s and its globs make of a path.
    fn look_up(&self, module: usize, path: &[String], skip: Option<usize>, fuel: usize) -> Option<Found<'_>> {
        let fuel = fuel.checked_sub(1)?;
        let (first, rest) = path.split_first()?;
        let Module { items, uses, globs, .. } = &self.modules[module];
        if let Some(named) = items.get(first) {
            return Some(match named {
                named if rest.is_empty() => Found::Here(named, module),
                Named::Module(inner) => self.walk(*inner, rest, fuel),
                _ => Found::Nowhere,
            });
        }
        let used = uses.iter().enumerate().find(|(at, (name, _))| name == first && Some(*at) != skip);
        if let Some((at, (_, target))) = used {
            let whole: Vec<String> = target.iter().chain(rest).cloned().collect();
            return Some(self.resolve_within(module, &whole, Some(at), fuel));
        }
        globs.iter().find_map(|glob| {
            let target = self.glob_target(module, glob, fuel)?;
            self.look_up(target, path, None, fuel).filter(|found| !matches!(found, Found::Nowhere))
        })
    }

    fn glob_target(&self, module: usize, glob: &[String], fuel: usize) -> Option<usize> {
        match glob {
            [only] if only == "crate" => Some(0),
            [only] if only == "self" => Some(module),
            all if all.iter().all(|segment| segment == "super") => {
                all.iter().try_fold(module, |module, _| self.modules[module].parent)
            }
            _ => match self.resolve_within(module, glob, None, fuel) {
                Found::Here(Named::Module(target), _) => Some(*target),
                _ => None,
            },
        }
    }
}
