using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RagApp.Contracts.Search;

namespace RagApp.Gateway.Answers.Caching;

/// <summary>
/// The passages that were found for a question, by their marks. A mark is a hash of a passage's place (document, version, ordinal) and of all that
/// is shown of it, so that a passage with the same mark is the same passage, unchanged.
/// </summary>
internal sealed class PassageMarks
{
    private const int Length = 16;

    private readonly Dictionary<string, SearchHit> _passages = new(StringComparer.Ordinal);

    /// <param name="hits">Hits; those that join several passages count as these.</param>
    public PassageMarks(IEnumerable<SearchHit> hits)
    {
        foreach (var passage in hits.SelectMany(hit => hit.Parts ?? [hit]))
            _passages.TryAdd(MarkOf(passage), passage);
    }

    public IReadOnlyCollection<string> All => _passages.Keys;

    public bool HasAll(IEnumerable<string> marks) => marks.All(_passages.ContainsKey);

    public SearchHit this[string mark] => _passages[mark];

    /// <summary>The mark of a cited passage; null when the citation is of none of these.</summary>
    public string? Find(string documentId, int version, int ordinal) => _passages
        .FirstOrDefault(entry => entry.Value.DocumentId == documentId && entry.Value.Version == version && entry.Value.Ordinal == ordinal).Key;

    private static string MarkOf(SearchHit passage)
    {
        string[] parts = [passage.DocumentId, passage.Title, passage.Path, passage.Section, passage.Text];
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{passage.Version} {passage.Ordinal} {passage.Page}");
        foreach (var part in parts)
            text.Append(CultureInfo.InvariantCulture, $"\n{part.Length}:{part}"); // the length tells where each part ends
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, Length));
    }
}
