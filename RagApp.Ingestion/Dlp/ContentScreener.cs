using RagApp.Contracts.Documents;
using RagApp.Dlp;
using RagApp.Dlp.Text;
using RagApp.Ingestion.Parsing;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Dlp;

/// <summary>
/// Looks through all that was read out of a document, and through its names, and takes out what the tenant's policy
/// says. What was given to name and find the document by cannot be changed, since it is known by that: what should be
/// redacted in it puts the document into quarantine. What an operator released counts as tagged.
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

    /// <summary>Detectors of what may not be in tags or anything else that is given; none when it may stay.</summary>
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

    /// <summary>A name or a sentence as it may be written down elsewhere: everything that the tenant does not allow is replaced.</summary>
    public string Conceal(string tenant, string text)
    {
        var scanned = new ScannedText([text]);
        return Redaction.Apply([text], scanned, Find(scanned, policies.Of(tenant), CancellationToken.None))[0];
    }

    /// <summary>What is a part of something else that was found, and treated no less strictly, is not counted twice.</summary>
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

    /// <summary>All that people gave with the document, and that its readers and the filters of searches show.</summary>
    private static IEnumerable<string> Given(DocumentManifest manifest) => [manifest.Path, manifest.Source, .. manifest.Tags];

    private static DlpAction ForText(DlpAction action, bool released) =>
        released && action == DlpAction.Quarantine ? DlpAction.Tag : action;

    private static DlpAction ForName(DlpAction action, bool released) =>
        ForText(action == DlpAction.Redact ? DlpAction.Quarantine : action, released);

    private static Screening Summarize(IReadOnlyList<Located> findings) => new(
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

    /// <summary>Everything in a document that can reach a reader, with its text or with its file; blocks come last.</summary>
    private static List<string> Texts(ParseResult parsed) =>
        [parsed.Properties.Title ?? "", parsed.Properties.Author ?? "", .. parsed.Warnings, .. parsed.Asides, .. parsed.Blocks.Select(block => block.Text)];

    private static List<int?> Pages(ParseResult parsed) =>
        [null, null, .. parsed.Warnings.Select(_ => (int?)null), .. parsed.Asides.Select(_ => (int?)null), .. parsed.Blocks.Select(block => block.Page)];

    /// <summary>The reverse of <see cref="Texts"/>; a block of which nothing is left goes.</summary>
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
