using System.Globalization;
using RagApp.Storage.Documents.Contents;
using RagApp.Text.Instructions;

namespace RagApp.Ingestion.Processing.Screening;

/// <summary>Finds passages that read like instructions to a language model, of which the document's status warns. Answers do not give them to a model.</summary>
internal static class SuspiciousText
{
    private const int MostPages = 10;

    /// <returns>One sentence; none when no passage is suspicious.</returns>
    public static IReadOnlyList<string> WarningsOf(DocumentContent content, CancellationToken cancellationToken)
    {
        var (count, pages) = (0, new SortedSet<int>());
        foreach (var passage in content.Passages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!HostileInstructions.AreIn($"{passage.Section}\n\n{passage.Text}"))
                continue;
            count++;
            if (passage.Page is { } page && pages.Count < MostPages)
                pages.Add(page);
        }
        if (count == 0)
            return [];
        var place = pages.Count == 0 ? "" : $" (page {string.Join(", ", pages.Select(page => page.ToString(CultureInfo.InvariantCulture)))})";
        return [string.Create(CultureInfo.InvariantCulture, $"{count} of its passages{place} read like instructions to a language model. They are found and quoted, but given to no model.")];
    }
}
