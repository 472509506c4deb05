//! `valise request templates`, and what a request takes from one.

use crate::arguments::ClientOptions;
use crate::print::harmless;
use crate::session::Session;
use crate::stop::Stop;
use anyhow::{Result, bail};
use serde_json::json;
use valise_views::{KeptTemplate, Shown, Template, View};

/// Lists the templates.
pub async fn list(options: &ClientOptions) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let all = all(&mut session).await?;
    for KeptTemplate { template, .. } in &all {
        let fields: Vec<String> = template
            .fields
            .iter()
            .map(|(name, _)| harmless(name))
            .collect();
        let human = format!(
            "{:<28} {:<40} {}",
            harmless(&template.name),
            harmless(&template.subject),
            fields.join(", ")
        );
        let machine = json!({
            "template": template.name,
            "subject": template.subject,
            "text": template.text,
            "legal_basis": template.legal_basis,
            "classification": template.classification,
            "confidential": template.is_confidential,
            "working_days": template.working_days,
            "fields": template.fields.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect::<Vec<_>>(),
        });
        session.printer.line(human.trim_end(), &machine)?;
    }
    if all.is_empty() {
        session
            .printer
            .warn("no templates yet", "шаблонов пока нет");
    }
    Ok(())
}

/// Returns the template of this name.
pub async fn named(session: &mut Session, name: &str) -> Result<Template> {
    let wanted = name.trim().to_lowercase();
    let mut all = all(session).await?.into_iter();
    let found = all.find(|kept| kept.template.name.to_lowercase() == wanted);
    let found = found.ok_or_else(|| Stop::NotFound(name.to_owned()))?;
    Ok(found.template)
}

async fn all(session: &mut Session) -> Result<Vec<KeptTemplate>> {
    session
        .show(View::Templates, |shown| match shown {
            Shown::Templates(all) => Some(all),
            _ => None,
        })
        .await
}

/// Fills the form of a template with what was typed; what it does not know is added. Nothing goes out half filled.
pub fn filled(
    form: Vec<(String, String)>,
    typed: &[(String, String)],
) -> Result<Vec<(String, String)>> {
    let mut fields = form;
    for (name, value) in typed {
        match fields.iter_mut().find(|(known, _)| known == name) {
            Some(field) => field.1.clone_from(value),
            None => fields.push((name.clone(), value.clone())),
        }
    }
    if let Some((name, _)) = fields.iter().find(|(_, value)| value.is_empty()) {
        bail!("nothing stands in the field '{name}': --field '{name}=…'")
    }
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.into(), value.into())
    }

    #[test]
    fn a_form_is_filled_whole_or_not_at_all() {
        let form = vec![pair("Passport", ""), pair("Day", "today")];
        let typed = [pair("Passport", "40 01"), pair("Court", "Kyiv")];
        let all = [
            pair("Passport", "40 01"),
            pair("Day", "today"),
            pair("Court", "Kyiv"),
        ];
        assert_eq!(filled(form.clone(), &typed).ok(), Some(all.to_vec()));
        assert!(filled(form, &[]).is_err());
    }
}
