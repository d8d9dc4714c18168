namespace RagApp.Contracts.Search;

/// <summary>
/// Narrows a search to documents with certain properties. A document must match every property that is given, by any one of its
/// values.
/// </summary>
public sealed record SearchFilters
{
    /// <summary>Document ids.</summary>
    public IReadOnlyList<string>? Documents { get; init; }

    /// <summary>Places the documents came from, such as <c>upload</c>.</summary>
    public IReadOnlyList<string>? Sources { get; init; }

    /// <summary>Kinds of file, such as <c>pdf</c>.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>Tags; upper and lower case differ.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Languages of the text, two letters (ISO 639-1).</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>Earliest date of a document, inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Latest date of a document, exclusive.</summary>
    public DateTimeOffset? Before { get; init; }
}
