using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace RagApp.Parsing;

/// <summary>
/// Tells titles from what stands in their place: the name of a template or file, the text of an empty field, a word such as <c>Draft</c>, a date, the number of a page.
/// </summary>
internal static partial class DocumentTitle
{
    /// <summary>Words that are stamped on pages, alone or with a number after them.</summary>
    private static readonly FrozenSet<string> Marks = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "logo", "company logo", "your logo", "your logo here", "firmenlogo", "page", "seite", "página", "pagina", "draft", "first draft", "final draft", "entwurf", "brouillon", "borrador", "bozza",
        "copy", "kopie", "copie", "copia", "specimen", "confidential", "strictly confidential", "for internal use only", "vertraulich", "streng vertraulich", "confidentiel", "confidencial");

    /// <summary>Further words that say nothing of a document, alone or with a number after them.</summary>
    private static readonly FrozenSet<string> Empty = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "picture", "image", "bild", "photo", "icon", "cover", "cover page", "deckblatt", "final", "sample", "muster", "internal", "intern", "slide", "folie", "diapositive", "sheet", "tabelle", "blatt",
        "feuille", "hoja", "title", "titel", "titre", "título", "titolo", "subtitle", "untertitel", "document title", "title of the document", "your title", "your title here", "insert title",
        "insert title here", "enter title", "enter title here", "title here", "add title", "click to add title", "click to edit master title style", "titel durch klicken hinzufügen",
        "titelmasterformat durch klicken bearbeiten", "type the document title", "type title here", "no title", "none", "null", "n/a", "lorem ipsum", "untitled", "untitled document", "unbenannt",
        "ohne titel", "sans titre", "sin título", "senza titolo", "unnamed", "document", "dokument", "documento", "doc", "new document", "neues dokument", "blank", "blank document",
        "leeres dokument", "text", "file", "datei", "scan", "scanned document", "scanned image", "presentation", "powerpoint presentation", "powerpoint-präsentation", "présentation powerpoint",
        "presentación de powerpoint", "präsentation", "présentation", "workbook", "book", "mappe", "classeur", "spreadsheet", "template", "vorlage", "modèle", "plantilla", "modello",
        "letter template", "document template", "report template", "briefvorlage", "dokumentvorlage", "normal", "header", "footer", "kopfzeile", "fußzeile");

    /// <summary>Ends of file names, of templates among them.</summary>
    private static readonly FrozenSet<string> Endings = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        ".doc", ".docx", ".docm", ".dot", ".dotx", ".dotm", ".rtf", ".odt", ".ott", ".fodt", ".wpd", ".pages", ".xls", ".xlsx", ".xlsm", ".xlt", ".xltx", ".ods", ".ots", ".csv",
        ".ppt", ".pptx", ".pps", ".ppsx", ".pot", ".potx", ".odp", ".otp", ".key", ".pdf", ".ps", ".eps", ".dvi", ".tex", ".txt", ".tmp", ".indd", ".indt", ".qxd", ".qxp", ".fm", ".pub", ".vsd",
        ".vsdx", ".htm", ".html", ".xml", ".tif", ".tiff", ".jpg", ".jpeg", ".png", ".ai", ".cdr", ".dwg", ".pmd", ".p65", ".md");

    /// <summary>Programs that write their name and that of the file.</summary>
    private static readonly string[] Programs = ["Microsoft Word - ", "Microsoft PowerPoint - ", "Microsoft Excel - ", "Microsoft Office ", "Print ", "PDF created "];

    /// <summary>Largest number of characters of a date.</summary>
    private const int LongestDate = 40;

    /// <summary>Names of months and days, and the words that stand beside them in dates.</summary>
    private static readonly FrozenSet<string> WordsOfDates = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
        "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "januar", "jänner", "februar", "märz", "mai", "juni", "juli", "oktober", "dezember", "okt", "dez",
        "janvier", "février", "mars", "avril", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
        "gennaio", "febbraio", "aprile", "maggio", "giugno", "luglio", "settembre", "ottobre", "dicembre", "januari", "februari", "maart", "mei", "augustus",
        "janeiro", "fevereiro", "março", "maio", "junho", "julho", "setembro", "outubro", "novembro", "dezembro",
        "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
        "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo",
        "of", "the", "de", "del", "den", "der", "le", "el", "il", "am", "vom", "st", "nd", "rd", "th", "er", "г", "年", "月", "日");

    /// <summary>The text when it is a title; null when it is not.</summary>
    public static string? Of(string? text) => CleanText.OneLine(text) is var title && IsOne(title) ? title : null;

    /// <summary>True when the title is the name of the template that the document was made from, with or without the end of a file name.</summary>
    public static bool IsNameOf(string template, string title) => template.Length > 0
        && (string.Equals(template, title, StringComparison.OrdinalIgnoreCase) || string.Equals(Path.GetFileNameWithoutExtension(template), title, StringComparison.OrdinalIgnoreCase));

    /// <summary>True for what is stamped on pages, such as <c>Draft</c> or <c>Page 3 of 9</c>: no heading either.</summary>
    public static bool IsMark(string text) => Marks.Contains(Bare(text));

    private static bool IsOne(string title) => title.Any(char.IsLetter) && Bare(title) is var bare && !Marks.Contains(bare) && !Empty.Contains(bare) && !Field().IsMatch(title) && !IsDate(title)
        && !Endings.Contains(Path.GetExtension(title)) && !Array.Exists(Programs, program => title.StartsWith(program, StringComparison.OrdinalIgnoreCase));

    /// <summary>The text without signs around it and without the number at its end.</summary>
    private static string Bare(string text) => Number().Replace(text.Trim(' ', '-', '–', '—', '*', '[', ']', '<', '>', '(', ')', '.', ':', '!', '{', '}', '|'), "");

    private static bool IsDate(string text)
    {
        if (text.Length > LongestDate || !text.Any(char.IsDigit))
            return false;
        foreach (var word in Letters().EnumerateMatches(text))
        {
            if (!WordsOfDates.Contains(text.Substring(word.Index, word.Length)))
                return false;
        }
        return true;
    }

    [GeneratedRegex(@"^[\[<{(«]{1,2}[^\]>})»]*[\]>})»]{1,2}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Field();

    [GeneratedRegex(@"[\s_#-]*\(?\d+\)?(\s*(of|von|/|de|sur|di|из)\s*\d+)?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Number();

    [GeneratedRegex(@"\p{L}+", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Letters();
}
