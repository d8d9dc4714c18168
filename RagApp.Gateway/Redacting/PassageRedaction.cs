using RagApp.Contracts.Documents;
using RagApp.Contracts.Search;

namespace RagApp.Gateway.Redacting;

/// <summary>Hides confidential data in search results and in the text of documents.</summary>
internal sealed class PassageRedaction(RedactionPolicies policies)
{
    /// <summary>Hides the data in hits. What would withhold an answer is masked here.</summary>
    public SearchResponse Hide(string tenant, SearchResponse response)
    {
        if (!policies.HidesInPassages)
            return response;
        var redactor = policies.Start(tenant);
        if (redactor.Detectors.Count == 0)
            return response;
        var hits = response.Hits.Select(hit => Hide(redactor, hit)).ToList();
        return redactor.Hidden is { Count: > 0 } hidden ? response with { Hits = hits, Hidden = hidden } : response;
    }

    public DocumentText Hide(string tenant, DocumentText text)
    {
        if (!policies.HidesInPassages)
            return text;
        var redactor = policies.Start(tenant);
        return redactor.Detectors.Count == 0 ? text : text with
        {
            Title = redactor.Hide(text.Title),
            Path = redactor.Hide(text.Path),
            Passages = [.. text.Passages.Select(passage => passage with { Section = redactor.Hide(passage.Section), Text = redactor.Hide(passage.Text) })],
        };
    }

    private static SearchHit Hide(Redactor redactor, SearchHit hit) => hit with
    {
        Title = redactor.Hide(hit.Title),
        Path = redactor.Hide(hit.Path),
        Section = redactor.Hide(hit.Section),
        Text = redactor.Hide(hit.Text),
        Parts = hit.Parts is null ? null : [.. hit.Parts.Select(part => Hide(redactor, part))],
    };
}
