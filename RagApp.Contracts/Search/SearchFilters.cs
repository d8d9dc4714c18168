namespace RagApp.Contracts.Search;

/// <summary>Narrows a search to documents with certain properties: each property that is given must hold, with any of its values.</summary>
public sealed record SearchFilters
{
    /// <summary>Document ids.</summary>
    public IReadOnlyList<string>? Documents { get; init; }

    /// <summary>Where documents came from, such as <c>upload</c>.</summary>
    public IReadOnlyList<string>? Sources { get; init; }

    /// <summary>Kinds of file, such as <c>pdf</c>.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>Tags, as they were given.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Languages of the text, two letters (ISO 639-1).</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>Dated at or after this moment.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Dated before this moment.</summary>
    public DateTimeOffset? Before { get; init; }
}
