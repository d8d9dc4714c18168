namespace RagApp.Ingestion.Parsing.PageTools;

/// <summary>A program that was to read a page did not.</summary>
/// <param name="ranOut">It was ended for the time or memory it took.</param>
internal sealed class PageToolException(bool ranOut) : Exception("A page tool failed.")
{
    public bool RanOut { get; } = ranOut;
}
