using RagApp.Parsing.Formats.Pdf.Glyphs;
using UglyToad.PdfPig;
using UglyToad.PdfPig.AcroForms.Fields;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;

namespace RagApp.Parsing.Formats.Pdf;

/// <summary>The fields of a form with their values, which are not part of the page's content. A value is put where its field stands, so that it is read with its label.</summary>
internal sealed class PdfForm
{
    private const int MostFields = 10_000;
    private const int Deepest = 16;

    /// <summary>Height of a field from which it has several lines, in the size of the letters.</summary>
    private const double SeveralLines = 2.5;

    /// <summary>Mean width of a letter in its size.</summary>
    private const double LetterWidth = 0.5;

    private readonly Dictionary<int, List<(PdfRectangle Place, string Text)>> _placed = [];

    /// <summary>Fields that stand on no page, as name and value.</summary>
    public List<string> Others { get; } = [];

    private int _count;

    public static PdfForm Of(PdfDocument pdf)
    {
        var form = new PdfForm();
        try
        {
            if (pdf.TryGetForm(out var fields))
                form.Add(fields.Fields, pdf.NumberOfPages, depth: 0);
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or ParseLimitException))
        {
            // A damaged form costs its values; the pages are read.
        }
        return form;
    }

    /// <summary>The values on a page as lines.</summary>
    public IReadOnlyList<LinePiece> On(Page page)
    {
        if (!_placed.TryGetValue(page.Number, out var fields))
            return [];
        var size = page.Letters.Count > 0 ? page.Letters[page.Letters.Count / 2].PointSize : 10;
        return [.. fields.Select((field, at) => Piece(field.Place, field.Text, size, page.Letters.Count + at))];
    }

    private static LinePiece Piece(PdfRectangle place, string text, double size, int order)
    {
        var baseline = place.Height > SeveralLines * size ? place.Top - size : place.Bottom + ((place.Height - size) / 2) + (0.2 * size);
        var right = Math.Min(place.Left + (LetterWidth * size * text.Length), Math.Max(place.Right, place.Left + size));
        return new LinePiece(text, place.Left, right, baseline, size, order, IsBold: false, IsRightToLeft: false);
    }

    private void Add(IReadOnlyList<AcroFieldBase> fields, int pages, int depth)
    {
        foreach (var field in fields)
        {
            if (_count++ >= MostFields)
                return;
            if (field is AcroNonTerminalField group)
            {
                if (depth < Deepest)
                    Add(group.Children, pages, depth + 1);
            }
            else if (CleanText.OneLine(ValueOf(field)) is { Length: > 0 } text)
                Add(field, text, pages);
        }
    }

    private void Add(AcroFieldBase field, string text, int pages)
    {
        if (field.Bounds is { } place && (field.PageNumber ?? (pages == 1 ? 1 : null)) is { } page)
        {
            if (!_placed.TryGetValue(page, out var placed))
                _placed.Add(page, placed = []);
            placed.Add((place, text));
        }
        else if (field is not (AcroCheckboxField or AcroRadioButtonField))
            Others.Add($"{field.Information.AlternateName ?? field.Information.PartialName}: {text}");
    }

    private static string? ValueOf(AcroFieldBase field) => field switch
    {
        AcroTextField text => text.Flags.HasFlag(AcroTextFieldFlags.Password) ? null : text.Value,
        AcroCheckboxField box => box.IsChecked ? "[x]" : "[ ]",
        AcroRadioButtonField button => button.IsSelected ? "[x]" : "[ ]",
        AcroComboBoxField list => string.Join(", ", list.SelectedOptions),
        AcroListBoxField list => string.Join(", ", list.SelectedOptions),
        _ => null,
    };
}
