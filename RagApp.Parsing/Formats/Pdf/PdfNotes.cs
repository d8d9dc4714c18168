using UglyToad.PdfPig.Annotations;
using UglyToad.PdfPig.Content;

namespace RagApp.Parsing.Formats.Pdf;

/// <summary>Reads the texts that people have put on a page: text fields, notes and remarks on marked text.</summary>
internal static class PdfNotes
{
    private const int Most = 1_000;

    public static IReadOnlyList<string> Of(Page page)
    {
        var notes = new List<string>();
        try
        {
            foreach (var note in page.GetAnnotations())
            {
                if (notes.Count < Most && IsSeen(note) && CleanText.Of(note.Content) is { Length: > 0 } text && !notes.Contains(text, StringComparer.Ordinal))
                    notes.Add(text);
            }
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or ParseLimitException))
        {
            // A damaged note costs those after it; the page is read.
        }
        return notes;
    }

    private static bool IsSeen(Annotation note) => !note.Flags.HasFlag(AnnotationFlags.Hidden)
        && note.Type is AnnotationType.FreeText or AnnotationType.Text or AnnotationType.Highlight or AnnotationType.Underline or AnnotationType.StrikeOut
            or AnnotationType.Squiggly or AnnotationType.Caret or AnnotationType.Stamp or AnnotationType.Line or AnnotationType.Square or AnnotationType.Circle
            or AnnotationType.Polygon or AnnotationType.PolyLine or AnnotationType.Ink;
}
