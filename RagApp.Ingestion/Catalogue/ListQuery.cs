using System.Globalization;
using System.Text.Json;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Contracts.Search;

namespace RagApp.Ingestion.Catalogue;

/// <summary>The SQL of a list request: filter, sort order and start of the page. Every value is passed as a parameter.</summary>
internal sealed class ListQuery
{
    /// <summary>SQL condition that selects the rows of the table of readers that match one of a person's access entries.</summary>
    public const string ReadersEntries = "entry IN (SELECT value FROM json_each($entries))";

    private const int LongestText = 1_024;
    private static readonly string ShownStatus = $"CASE WHEN d.isFinal AND {CatalogueSchema.IsOpenBelow} THEN 'unpacking' ELSE d.status END";

    private readonly string _conditions;
    private readonly string _place;
    private readonly ListOrder _order;

    /// <exception cref="ProblemException">400: a value is wrong.</exception>
    public ListQuery(DocumentListFilter filter, string? after)
    {
        _order = ListOrder.Read(filter.Sort, filter.Order);
        _conditions = string.Concat(Conditions(filter).Select(condition => $" AND {condition}"));
        _place = after is null ? "" : $" AND (d.{_order.Column}, d.id) {(_order.Descending ? "<" : ">")} ($key, $after)";
        if (after is not null)
        {
            var (key, id) = _order.Read(after);
            Parameters.AddRange([("$key", key), ("$after", id)]);
        }
    }

    public List<(string Name, object? Value)> Parameters { get; } = [];

    /// <summary>The page token with which the page after this document begins.</summary>
    public string PlaceBehind(CatalogueEntry entry) => _order.Write(entry.Key, entry.Id);

    /// <summary>SQL for a reader of few access lists: reads each list no further than one page, and merges them.</summary>
    public string OfLists(IReadOnlyList<long> lists)
    {
        var each = lists.Select(list => $"SELECT * FROM ({Select($"list_by_{_order.Column}", string.Create(CultureInfo.InvariantCulture, $"d.list = {list}"))} LIMIT $limit)");
        return $"{string.Join(" UNION ALL ", each)} ORDER BY {Direction("place", "id")} LIMIT $limit";
    }

    /// <summary>SQL for a reader of many access lists: goes through all documents in sort order and skips those of other lists.</summary>
    public string OfAll() => $"{Select($"all_by_{_order.Column}", $"d.list IN (SELECT list FROM reader WHERE {ReadersEntries})")} LIMIT $limit";

    public string OfParent() => $"{Select($"parent_by_{_order.Column}", "d.parent = $parent")} LIMIT $limit";

    /// <summary>SQL for one document, if it matches the filter, without regard to the page.</summary>
    public string OfId() => $"{Columns} FROM document d WHERE d.id = $id{_conditions}";

    public static string Json(IEnumerable<string> values) => JsonSerializer.Serialize(values);

    private string Columns => $"SELECT d.id AS id, d.{_order.Column} AS place, d.stamp AS stamp, {CatalogueSchema.IsOpenBelow} AS isOpenBelow";

    private string Select(string index, string scope) =>
        $"{Columns} FROM document d INDEXED BY {index} WHERE {scope}{_place}{_conditions} ORDER BY {Direction($"d.{_order.Column}", "d.id")}";

    private string Direction(string key, string id) => _order.Descending ? $"{key} DESC, {id} DESC" : $"{key}, {id}";

    private IEnumerable<string> Conditions(DocumentListFilter filter)
    {
        if (filter.Title is { } title)
            yield return Contains("d.foldedTitle", "$title", Text("title", title));
        if (filter.Path is { } path)
            yield return Contains("d.foldedPath", "$path", Text("path", path));
        if (filter.Name is { } name)
            yield return $"({Contains("d.foldedTitle", "$name", Text("name", name))} OR instr(d.foldedPath, $name) > 0)";
        if (filter.Tag is { } tag)
            yield return Contains("d.tags", "$tag", $"\n{Require(tag, IsTag(tag), $"'tag' has 1 to {DocumentTag.MaxLength} characters.")}\n");
        if (filter.Type is { } type)
            yield return Equal("d.type", "$type", Require(type, DocumentTypes.All.Contains(type, StringComparer.Ordinal), $"'type' is one of {string.Join(", ", DocumentTypes.All)}."));
        if (filter.Source is { } source)
            yield return Equal("d.source", "$source", Require(source, DocumentSource.IsValid(source, out var wrong), wrong ?? ""));
        if (filter.Status is { Length: > 0 } statuses)
            yield return $"{ShownStatus} IN (SELECT value FROM json_each({Add("$status", Json(statuses.Select(Status)))}))";
    }

    private string Contains(string column, string parameter, string text) => $"instr({column}, {Add(parameter, text)}) > 0";

    private string Equal(string column, string parameter, string value) => $"{column} = {Add(parameter, value)}";

    private string Add(string parameter, string value)
    {
        Parameters.Add((parameter, value));
        return parameter;
    }

    private static string Text(string parameter, string text) =>
        CatalogueRow.Fold(Require(text, text.Length <= LongestText, $"'{parameter}' has at most {LongestText:N0} characters."));

    /// <summary>True for a tag that people may give, and for a tag that screening adds for a finding.</summary>
    private static bool IsTag(string tag) =>
        DocumentTag.IsValid(tag, out _) || (tag.StartsWith(DocumentTag.FindingPrefix, StringComparison.Ordinal) && tag.Length <= DocumentTag.MaxLength);

    private static string Status(string status)
    {
        var names = Enum.GetValues<DocumentStatus>().Select(CatalogueRow.NameOf).ToList();
        return Require(status, names.Contains(status, StringComparer.Ordinal), $"'status' is one of {string.Join(", ", names)}; it may come several times.");
    }

    private static string Require(string value, bool holds, string problem) =>
        holds ? value : throw ProblemException.BadRequest(problem);
}
