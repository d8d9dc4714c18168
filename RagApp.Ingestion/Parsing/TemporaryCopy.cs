namespace RagApp.Ingestion.Parsing;

/// <summary>A copy of a document in a temporary file for the parser child; deleted when disposed.</summary>
internal sealed class TemporaryCopy : IDisposable
{
    private TemporaryCopy(string path) => Path = path;

    public string Path { get; }

    /// <summary>Writes the copy under a generated name: of the document's name only a harmless extension is kept.</summary>
    public static async Task<TemporaryCopy> MakeAsync(Stream content, string name, string folder, CancellationToken cancellationToken)
    {
        var ending = System.IO.Path.GetExtension(name);
        ending = ending.Length is > 1 and <= 10 && ending.Skip(1).All(char.IsAsciiLetterOrDigit) ? ending : "";
        Directory.CreateDirectory(folder);
        var path = System.IO.Path.Combine(folder, $"ragapp-{Guid.NewGuid():N}{ending}");
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            await using var file = new FileStream(path, create);
            await content.CopyToAsync(file, cancellationToken);
            return new TemporaryCopy(path);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    public void Dispose() => File.Delete(Path);
}
