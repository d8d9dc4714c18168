namespace RagApp.Parsing.Ocr;

/// <summary>A program failed to read a page.</summary>
/// <param name="ranOut">True when the program exceeded its time or memory limit.</param>
internal sealed class PageToolException(bool ranOut) : Exception("A page tool failed.")
{
    public bool RanOut { get; } = ranOut;
}
