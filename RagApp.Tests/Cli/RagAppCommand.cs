using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using RagApp.Tests.Gateway;

namespace RagApp.Tests.Cli;

/// <summary>The command <c>ragapp</c> as a separate process.</summary>
internal sealed class RagAppCommand : IDisposable
{
    private const int Sigint = 2;

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private RagAppCommand(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Path of the command, which the solution builds next to the tests in the same configuration.</summary>
    private static string Built
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return Path.Combine(Repository.Root, "RagApp.Cli", "bin", output.Parent!.Name, output.Name, "ragapp.dll");
        }
    }

    public bool HasEnded => _process.HasExited;

    public static RagAppCommand Start(Uri? server, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Built, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["RAGAPP_API_KEY"] = GatewayUnderTest.Alice, ["RAGAPP_SERVER"] = server?.AbsoluteUri },
        };
        return new RagAppCommand(Process.Start(start)!);
    }

    public static async Task<CommandResult> RunAsync(Uri? server, CancellationToken cancellationToken, params string[] arguments)
    {
        using var command = Start(server, arguments);
        return await command.EndAsync(cancellationToken);
    }

    /// <summary>Interrupts the command as Ctrl+C does.</summary>
    public void Interrupt() => _ = SendSignal(_process.Id, Sigint);

    public async Task<CommandResult> EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return new CommandResult(_process.ExitCode, await _output, await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SendSignal(int processId, int signal);
}

internal sealed record CommandResult(int ExitCode, string Output, string Errors)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;
}
