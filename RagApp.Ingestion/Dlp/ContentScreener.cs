using RagApp.Contracts.Documents;
using RagApp.Dlp;
using RagApp.Dlp.Text;
using RagApp.Parsing;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Ingestion.Dlp;

/// <summary>
/// Screens all text read from a document, its path, source and tags, and the names of the files inside it, and redacts
/// the text by the tenant's policy. Names and tags identify the document and cannot be redacted: a finding there puts
/// the document into quarantine instead. In a version that an operator released, findings to be quarantined are only
/// tagged.
/// </summary>
internal sealed class ContentScreener(Scanner scanner, DlpPolicies policies)
{
    public ScreenedDocument Screen(DocumentManifest manifest, ParseResult parsed, CancellationToken cancellationToken)
    {
        var policy = policies.Of(manifest.Tenant);
        var released = manifest.Latest.Decision is { Released: true };

        var inNames = Find(new ScannedText([.. Given(manifest), .. parsed.Members.Select(member => member.Name)]), policy, cancellationToken)
            .Select(finding => new Located(finding.Detector, ForName(policy[finding.Detector], released), Page: null, InName: true));

        var texts = Texts(parsed);
        var scanned = new ScannedText(texts);
        var findings = Find(scanned, policy, cancellationToken);
        var pages = Pages(parsed);
        var inTexts = findings.Select(finding => new Located(
            finding.Detector, ForText(policy[finding.Detector], released), pages[scanned.TextOf(finding.Span.Start)], InName: false));

        var screening = Summarize([.. inNames, .. inTexts]);
        var redacted = findings.Where(finding => policy[finding.Detector] == DlpAction.Redact).ToList();
        return new ScreenedDocument(redacted.Count == 0 ? parsed : Replace(parsed, Redaction.Apply(texts, scanned, redacted)), screening);
    }

    /// <summary>
    /// Names of the detectors whose findings the tenant's policy does not allow in tags and other given texts; empty when there
    /// are none.
    /// </summary>
    public IReadOnlyList<string> Forbidden(string tenant, IReadOnlyList<string> given)
    {
        var policy = policies.Of(tenant);
        return
        [
            .. Find(new ScannedText(given), policy, CancellationToken.None)
                .Select(finding => finding.Detector)
                .Where(detector => policy[detector] >= DlpAction.Redact)
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>The text with all confidential data replaced that the tenant's policy does not allow, for use in logs and audit records.</summary>
    public string Conceal(string tenant, string text)
    {
        var scanned = new ScannedText([text]);
        return Redaction.Apply([text], scanned, Find(scanned, policies.Of(tenant), CancellationToken.None))[0];
    }

    /// <summary>Finds confidential data. A finding inside a larger one is dropped when the action for the larger one is at least as strict.</summary>
    private List<Finding> Find(ScannedText text, IReadOnlyDictionary<string, DlpAction> policy, CancellationToken cancellationToken)
    {
        var kept = new List<Finding>();
        Finding? around = null;
        var found = scanner.Scan(text, policy.Where(entry => entry.Value != DlpAction.Allow).Select(entry => entry.Key), cancellationToken);
        foreach (var finding in found.OrderBy(finding => finding.Span.Start).ThenByDescending(finding => finding.Span.End))
        {
            if (around is { } outer && finding.Span.End <= outer.Span.End && policy[finding.Detector] <= policy[outer.Detector])
                continue;
            if (around is null || finding.Span.End > around.Value.Span.End)
                around = finding;
            kept.Add(finding);
        }
        return kept;
    }

    /// <summary>The texts that people gave with the document, which readers and search filters show.</summary>
    private static IEnumerable<string> Given(DocumentManifest manifest) => [manifest.Path, manifest.Source, .. manifest.Tags];

    private static DlpAction ForText(DlpAction action, bool released) =>
        released && action == DlpAction.Quarantine ? DlpAction.Tag : action;

    private static DlpAction ForName(DlpAction action, bool released) =>
        ForText(action == DlpAction.Redact ? DlpAction.Quarantine : action, released);

    private static ScreeningResult Summarize(IReadOnlyList<Located> findings) => new(
        findings.Count == 0 ? DlpAction.Allow : findings.Max(finding => finding.Action),
        [
            .. findings
                .GroupBy(finding => finding.Detector, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new DocumentFinding(
                    group.Key,
                    group.Max(finding => finding.Action),
                    group.Count(),
                    [.. group.Select(finding => finding.Page).OfType<int>().Distinct().Order()],
                    group.Any(finding => finding.InName))),
        ]);

    /// <summary>All texts of a document that can reach a reader; the blocks come last.</summary>
    private static List<string> Texts(ParseResult parsed) =>
        [parsed.Properties.Title ?? "", parsed.Properties.Author ?? "", .. parsed.Warnings, .. parsed.Asides, .. parsed.Blocks.Select(block => block.Text)];

    private static List<int?> Pages(ParseResult parsed) =>
        [null, null, .. parsed.Warnings.Select(_ => (int?)null), .. parsed.Asides.Select(_ => (int?)null), .. parsed.Blocks.Select(block => block.Page)];

    /// <summary>Puts the screened texts back in the order of <see cref="Texts"/>; an empty block is dropped.</summary>
    private static ParseResult Replace(ParseResult parsed, IReadOnlyList<string> texts)
    {
        const int Warnings = 2;
        var blocks = texts.Skip(Warnings + parsed.Warnings.Count + parsed.Asides.Count);
        return parsed with
        {
            Properties = parsed.Properties with
            {
                Title = parsed.Properties.Title is null ? null : texts[0],
                Author = parsed.Properties.Author is null ? null : texts[1],
            },
            Warnings = [.. texts.Skip(Warnings).Take(parsed.Warnings.Count)],
            Asides = [.. texts.Skip(Warnings + parsed.Warnings.Count).Take(parsed.Asides.Count)],
            Blocks = [.. parsed.Blocks.Zip(blocks, (block, text) => block with { Text = text }).Where(block => block.Text.Length > 0)],
        };
    }

    private sealed record Located(string Detector, DlpAction Action, int? Page, bool InName);
}

/// <param name="Parsed">The parsed document, with redaction marks in the place of confidential data.</param>
internal sealed record ScreenedDocument(ParseResult Parsed, ScreeningResult Screening);
