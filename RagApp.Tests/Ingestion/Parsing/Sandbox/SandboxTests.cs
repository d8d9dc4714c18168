using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using RagApp.Ingestion.Parsing;
using RagApp.Ingestion.Parsing.LegacyOffice;
using RagApp.Ingestion.Parsing.Sandbox;
using RagApp.Parsing.Sandbox;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Ingestion.Parsing.Sandbox;

/// <summary>
/// Attacks that somebody who controls a parser process could try. A program that tries them is started in place of the
/// parser by the same launcher. Each attempt is also made without the sandbox, to show that it would succeed.
/// </summary>
public sealed class SandboxTests : IDisposable
{
    private readonly TemporaryFolder _temp = new();
    private readonly Parsers _parsers = new(new ParserOptions());
    private readonly Socket _maintenance = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly TcpListener _network = new(IPAddress.Loopback, 0);
    private readonly string _folder;
    private readonly string _data;

    public SandboxTests()
    {
        _folder = Directory.CreateDirectory(Path.Combine(_temp.Path, "parser")).FullName;
        _data = Directory.CreateDirectory(Path.Combine(_temp.Path, "data")).FullName;
        File.WriteAllText(Path.Combine(_folder, "document.txt"), "The document in work.");
        File.WriteAllText(Path.Combine(_data, "original"), "Another tenant's original.");
        _maintenance.Bind(new UnixDomainSocketEndPoint(Path.Combine(_data, "service.sock")));
        _maintenance.Listen();
        _network.Start();
    }

    /// <summary>An attempt, its target, and the sandbox measure that prevents it.</summary>
    public static TheoryData<string, string, string> Attempts => new()
    {
        { "read", "/proc/{pid}/environ", nameof(Measures.Files) },
        { "read", "/proc/{pid}/cmdline", nameof(Measures.Files) },
        { "read", "{data}/original", nameof(Measures.Files) },
        { "list", "{data}", nameof(Measures.Files) },
        { "list", "/proc", nameof(Measures.Files) },
        { "write", "{data}/new", nameof(Measures.Files) },
        { "write", "{folder}/new", nameof(Measures.Files) },
        { "execute", "/bin/sh", nameof(Measures.Files) },
        { "trace", "{pid}", nameof(Measures.SystemCalls) },
        { "memory", "{pid}", nameof(Measures.SystemCalls) },
        { "namespace", "", nameof(Measures.SystemCalls) },
        { "connect", "{data}/service.sock", nameof(Measures.SystemCalls) },
        { "tcp", "{port}", nameof(Measures.SystemCalls) },
        { "udp", "{port}", nameof(Measures.SystemCalls) },
        { "signal", "{pid}", nameof(Measures.Signals) },
    };

    [Theory]
    [MemberData(nameof(Attempts))]
    public async Task Attempt_ByAParser_Fails(string attempt, string target, string measure)
    {
        await SkipWithoutAsync(Enum.Parse<Measures>(measure));

        (await ConfinedAsync(attempt, target)).ShouldStartWith("failed: ");
    }

    [Theory]
    [MemberData(nameof(Attempts))]
    public async Task Attempt_WithoutConfinement_Succeeds(string attempt, string target, string measure)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, $"Without {measure} the system itself may refuse it to others than root.");

        (await UnconfinedAsync(attempt, target)).ShouldStartWith("done: ");
    }

    [Theory]
    [InlineData("read", "/proc/{pid}/environ")]
    [InlineData("read", "{data}/original")]
    [InlineData("write", "{data}/new")]
    [InlineData("connect", "{data}/service.sock")]
    [InlineData("tcp", "{port}")]
    public async Task Attempt_ByLibreOffice_Fails(string attempt, string target)
    {
        await SkipWithoutAsync(Measures.Files | Measures.SystemCalls);

        (await AsLibreOfficeAsync(attempt, target)).ShouldStartWith("failed: ");
    }

    [Fact]
    public async Task Write_InItsOwnFolder_IsWhatLibreOfficeMay() =>
        (await AsLibreOfficeAsync("write", "{folder}/new")).ShouldStartWith("done: ");

    [Fact]
    public async Task Read_OfTheDocumentInWork_IsWhatAParserMay() =>
        (await ConfinedAsync("read", "{folder}/document.txt")).ShouldBe("done: The document in work.");

    [Fact]
    public async Task Environment_OfAParser_HoldsWhatTheRuntimeNeeds()
    {
        Environment.SetEnvironmentVariable("Identity__SigningKey", "a secret that the child must not see");
        try
        {
            string[] needed = ["PATH", "DOTNET_ROOT", "SystemRoot", "HOME", "TMPDIR", "TEMP", "LANG",
                "DOTNET_gcServer", "DOTNET_gcConcurrent", "DOTNET_TieredPGO", "DOTNET_EnableDiagnostics", "DOTNET_GCHeapHardLimit"];

            (await ConfinedAsync("environment", ""))["done: ".Length..].Split('\n').ShouldBeSubsetOf(needed);
        }
        finally
        {
            Environment.SetEnvironmentVariable("Identity__SigningKey", null);
        }
    }

    [Fact]
    public async Task Files_LeftForInheritance_DoNotReachAParser()
    {
        await SkipWithoutAsync(Measures.ClosedFiles);
        var secret = Path.Combine(_data, "original");
        using var file = File.OpenHandle(secret);
        var inherited = Duplicate((int)file.DangerousGetHandle()); // inheritable, as native libraries leave their file descriptors
        try
        {
            (await UnconfinedAsync("files", "")).ShouldContain(secret);
            (await ConfinedAsync("files", "")).ShouldNotContain(secret);
        }
        finally
        {
            _ = Close(inherited);
        }
    }

    [Fact]
    public async Task Privileges_OfAParser_AreNone()
    {
        await SkipWithoutAsync(Measures.NoCapabilities | Measures.NoNewPrivileges | Measures.SystemCalls);

        var status = (await ConfinedAsync("read", "/proc/self/status")).Split('\n')
            .Select(line => line.Split('\t')).Where(line => line.Length == 2).ToDictionary(line => line[0], line => line[1], StringComparer.Ordinal);

        foreach (var set in (string[])["CapInh:", "CapPrm:", "CapEff:", "CapAmb:"])
            status[set].ShouldBe("0000000000000000", set);
        if (Environment.IsPrivilegedProcess)
            status["CapBnd:"].ShouldBe("0000000000000000");
        status["NoNewPrivs:"].ShouldBe("1");
        status["Seccomp:"].ShouldBe("2");
    }

    [Fact]
    public void Arguments_OfRules_AreReadBackAsTheyWere()
    {
        var rules = new SandboxRules(Read: ["/a", "--"], Execute: ["/b"], Write: ["/c d"], Sockets: ["/e"]);

        var (read, program) = SandboxRules.Parse([.. rules.ToArguments(), "program", "--read"]);

        read.Read.ShouldBe(rules.Read);
        read.Execute.ShouldBe(rules.Execute);
        read.Write.ShouldBe(rules.Write);
        read.Sockets.ShouldBe(rules.Sockets);
        program.ShouldBe(["program", "--read"]);
    }

    public void Dispose()
    {
        _network.Dispose();
        _maintenance.Dispose();
        _parsers.Dispose();
        _temp.Dispose();
    }

    private static async Task SkipWithoutAsync(Measures measures) =>
        Assert.SkipUnless((await SandboxCommand.HeldAsync(Cancellation)).HasFlag(measures), $"This system has no {measures}.");

    private async Task<string> ConfinedAsync(string attempt, string target)
    {
        using var process = await _parsers.Launcher.StartAsync(Intruder(attempt, target), new ParserOptions().Bounds, _folder, Cancellation);
        return await OutputAsync(process);
    }

    private async Task<string> AsLibreOfficeAsync(string attempt, string target)
    {
        var command = await SandboxCommand.WrapAsync(LibreOffice.Rules(SystemPaths.Find("soffice") ?? "/usr/bin/env", _folder), Intruder(attempt, target), Cancellation);
        using var process = Process.Start(SandboxedProcess.Describe(command, _folder))!;
        return await OutputAsync(process);
    }

    private async Task<string> UnconfinedAsync(string attempt, string target)
    {
        var start = SandboxedProcess.Describe(Intruder(attempt, target), _folder);
        using var process = Process.Start(start)!;
        return await OutputAsync(process);
    }

    private static async Task<string> OutputAsync(Process process)
    {
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(Cancellation);
        var output = (await process.StandardOutput.ReadToEndAsync(Cancellation)).TrimEnd();
        await process.WaitForExitAsync(Cancellation);
        process.ExitCode.ShouldBe(0, await errors);
        return output;
    }

    private string[] Intruder(string attempt, string target) =>
    [
        SystemPaths.DotnetHost, Path.Combine(AppContext.BaseDirectory, "RagApp.Tests.Intruder.dll"), attempt,
        target.Replace("{pid}", $"{Environment.ProcessId}", StringComparison.Ordinal)
            .Replace("{port}", $"{((IPEndPoint)_network.LocalEndpoint).Port}", StringComparison.Ordinal)
            .Replace("{data}", _data, StringComparison.Ordinal)
            .Replace("{folder}", _folder, StringComparison.Ordinal),
    ];

    [DllImport("libc", EntryPoint = "dup", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Duplicate(int file);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Close(int file);
}
