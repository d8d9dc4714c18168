using System.Globalization;
using System.Text.Json;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Search;
using RagApp.Ingestion.Intake;

namespace RagApp.Ingestion.Catalogue;

/// <summary>What a list is asked for: which documents, in which order, after which place; as SQL whose every value is a parameter.</summary>
internal sealed class ListQuery
{
    /// <summary>Narrows the readers' table to those of the entries of a person.</summary>
    public const string ReadersEntries = "entry IN (SELECT value FROM json_each($entries))";

    private const int LongestText = 1_024;
    private static readonly string ShownStatus = $"CASE WHEN d.isFinal AND {CatalogueSchema.IsOpenBelow} THEN 'unpacking' ELSE d.status END";

    private readonly string _conditions;
    private readonly string _place;
    private readonly ListOrder _order;

    /// <exception cref="IntakeException">400: a value is wrong.</exception>
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

    /// <summary>The place behind a document, to go on from.</summary>
    public string PlaceBehind(CatalogueEntry entry) => _order.Write(entry.Key, entry.Id);

    /// <summary>Of a few access lists, each read no further than the page may reach, and merged.</summary>
    public string OfLists(IReadOnlyList<long> lists)
    {
        var each = lists.Select(list => $"SELECT * FROM ({Select($"list_by_{_order.Column}", string.Create(CultureInfo.InvariantCulture, $"d.list = {list}"))} LIMIT $limit)");
        return $"{string.Join(" UNION ALL ", each)} ORDER BY {Direction("place", "id")} LIMIT $limit";
    }

    /// <summary>Of many access lists: all documents in their order, those of other lists passed over.</summary>
    public string OfAll() => $"{Select($"all_by_{_order.Column}", $"d.list IN (SELECT list FROM reader WHERE {ReadersEntries})")} LIMIT $limit";

    public string OfParent() => $"{Select($"parent_by_{_order.Column}", "d.parent = $parent")} LIMIT $limit";

    /// <summary>One document, wherever its place is.</summary>
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
            yield return Contains("d.tags", "$tag", $"\n{Checked(tag, IsTag(tag), $"'tag' has 1 to {DocumentTag.MaxLength} characters.")}\n");
        if (filter.Type is { } type)
            yield return Equal("d.type", "$type", Checked(type, DocumentTypes.All.Contains(type, StringComparer.Ordinal), $"'type' is one of {string.Join(", ", DocumentTypes.All)}."));
        if (filter.Source is { } source)
            yield return Equal("d.source", "$source", Checked(source, DocumentSource.IsValid(source, out var wrong), wrong ?? ""));
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
        CatalogueRow.Fold(Checked(text, text.Length <= LongestText, $"'{parameter}' has at most {LongestText:N0} characters."));

    /// <summary>One that people give, or one that says what was found.</summary>
    private static bool IsTag(string tag) =>
        DocumentTag.IsValid(tag, out _) || (tag.StartsWith(DocumentTag.FindingPrefix, StringComparison.Ordinal) && tag.Length <= DocumentTag.MaxLength);

    private static string Status(string status)
    {
        var names = Enum.GetValues<DocumentStatus>().Select(CatalogueRow.NameOf).ToList();
        return Checked(status, names.Contains(status, StringComparer.Ordinal), $"'status' is one of {string.Join(", ", names)}; it may come several times.");
    }

    private static string Checked(string value, bool holds, string problem) =>
        holds ? value : throw new IntakeException(StatusCodes.Status400BadRequest, problem);
}
