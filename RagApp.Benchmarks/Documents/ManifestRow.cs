using Microsoft.VisualBasic.FileIO;

namespace RagApp.Benchmarks.Documents;

/// <summary>One row of a corpus's <c>manifest.csv</c>: a file, and its expected parsing result.</summary>
/// <param name="Path">Path relative to the manifest's folder.</param>
/// <param name="Format">Actual format of the file, whatever its name says.</param>
internal sealed record ManifestRow(string Path, string Format, string Expectation, string Phrase, string Note)
{
    private const string Manifest = "manifest.csv";

    /// <exception cref="UsageException">There is no manifest in the folder.</exception>
    public static IEnumerable<ManifestRow> ReadAll(string folder)
    {
        var manifest = System.IO.Path.Combine(folder, Manifest);
        if (!File.Exists(manifest))
            throw new UsageException($"There is no {Manifest} in '{folder}'.");
        using var csv = new TextFieldParser(manifest) { Delimiters = [","], TrimWhiteSpace = false };
        var columns = csv.ReadFields()!.ToList();
        while (csv.ReadFields() is { } fields)
        {
            yield return new ManifestRow(Field("path"), Field("format"), Field("expectation"), Field("phrase"), Field("note"));

            string Field(string name) => fields[columns.IndexOf(name)];
        }
    }
}
