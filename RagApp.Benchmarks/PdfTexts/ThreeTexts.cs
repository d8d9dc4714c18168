namespace RagApp.Benchmarks.PdfTexts;

/// <summary>The texts that the three programs read from one PDF, and the seconds each took.</summary>
internal sealed record ThreeTexts(int Pages, string Own, string Poppler, string MuPdf, double OwnSeconds, double PopplerSeconds, double MuPdfSeconds);
