namespace RagApp.Contracts.Documents;

/// <summary>Narrows and sorts a list of documents; what is null narrows nothing.</summary>
/// <param name="Tag">One of the document's tags.</param>
/// <param name="Type">Its kind of file, one of <see cref="Search.DocumentTypes"/>.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Title">Part of its title, in upper or lower case.</param>
/// <param name="Path">Part of its path, in upper or lower case.</param>
/// <param name="Name">Part of its title or of its path, in upper or lower case.</param>
/// <param name="Status">States as documents show them, such as <c>failed</c>; it is in one of them.</param>
/// <param name="Sort"><see cref="ByName"/>, which is the default, <see cref="ByDate"/> or <see cref="BySize"/>.</param>
/// <param name="Order"><see cref="Ascending"/>, which is the default, or <see cref="Descending"/>.</param>
public sealed record DocumentListFilter(
    string? Tag = null,
    string? Type = null,
    string? Source = null,
    string? Title = null,
    string? Path = null,
    string? Name = null,
    string[]? Status = null,
    string? Sort = null,
    string? Order = null)
{
    /// <summary>By path, by the numbers of its characters.</summary>
    public const string ByName = "name";

    /// <summary>By the date that filters of searches go by, see <see cref="DocumentInfo.Date"/>.</summary>
    public const string ByDate = "date";

    /// <summary>By the size of the newest original.</summary>
    public const string BySize = "size";

    public const string Ascending = "asc";

    public const string Descending = "desc";
}
