namespace RagApp.Benchmarks.PdfTexts;

/// <summary>Table of the scores of all files, and a comparison with the aims.</summary>
internal sealed class PdfReport(TextWriter output)
{
    private const double MostBelow = 0.05;
    private const double WordsAim = 0.99;
    private const double FewestWords = 0.95;
    private const int MissingShown = 6;
    private const int LongestName = 44;

    private readonly List<PdfScore> _scores = [];

    public bool MeetsTheAims => _scores.TrueForAll(score => score.Below <= MostBelow && score.Words >= FewestWords) && Mean(score => score.Words) >= WordsAim;

    public void Add(PdfScore score)
    {
        if (_scores.Count == 0)
            output.WriteLine($"{"file",-LongestName} {"pages",5} {"pdftotext",9} {"mutool",6} {"both",5} {"below",5} {"words",5}  missing or broken");
        _scores.Add(score);
        var name = score.Path.Length > LongestName ? "..." + score.Path[^(LongestName - 3)..] : score.Path;
        output.WriteLine(FormattableString.Invariant(
            $"{name,-LongestName} {score.Texts.Pages,5} {score.WithPoppler,9:0.000} {score.WithMuPdf,6:0.000} {score.OfBoth,5:0.000} {score.Below,5:0.00} {score.Words,5:0.000}  {string.Join(' ', score.Missing.Take(MissingShown))}"));
    }

    public void End()
    {
        if (_scores.Count == 0)
        {
            output.WriteLine("There is no PDF with text in the folder.");
            return;
        }
        output.WriteLine(FormattableString.Invariant(
            $"{"mean of " + _scores.Count + " files",-LongestName} {_scores.Sum(score => score.Texts.Pages),5} {Mean(score => score.WithPoppler),9:0.000} {Mean(score => score.WithMuPdf),6:0.000} {Mean(score => score.OfBoth),5:0.000} {Mean(score => score.Below),5:0.00} {Mean(score => score.Words),5:0.000}"));
        output.WriteLine();
        output.WriteLine(FormattableString.Invariant(
            $"more than {MostBelow:0.00} below the agreement of the two: {_scores.Count(score => score.Below > MostBelow)} files (aim 0); words below {FewestWords:0.00}: {_scores.Count(score => score.Words < FewestWords)} files (aim 0); words in the mean {Mean(score => score.Words):0.000} (aim {WordsAim:0.00})"));
        output.WriteLine(FormattableString.Invariant(
            $"pages per second, process starts included: RagApp {Speed(texts => texts.OwnSeconds):0}, pdftotext {Speed(texts => texts.PopplerSeconds):0}, mutool {Speed(texts => texts.MuPdfSeconds):0}"));
    }

    private double Mean(Func<PdfScore, double> value) => _scores.Average(value);

    private double Speed(Func<ThreeTexts, double> seconds) => _scores.Sum(score => score.Texts.Pages) / Math.Max(_scores.Sum(score => seconds(score.Texts)), 0.001);
}
