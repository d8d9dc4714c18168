using RagApp.Tests.TestServices;

namespace RagApp.Tests.AppHost;

/// <summary>A folder with <c>dotnet</c> and small programs, used as the whole PATH of a test.</summary>
internal sealed class ProgramFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ProgramFolder()
    {
        var dotnet = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "dotnet")).First(File.Exists);
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "dotnet"), dotnet);
    }

    public void Add(string name, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The programs are shell scripts.");
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public IReadOnlyDictionary<string, string> AsPath() => new Dictionary<string, string> { ["PATH"] = _folder.Path };

    public void Dispose() => _folder.Dispose();
}
