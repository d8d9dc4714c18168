using System.Diagnostics;

namespace RagApp.Ingestion.Parsing.PageTools;

/// <summary>
/// A program that a parser child starts for one page. It inherits what the child is confined to and its limits (each
/// process its own memory and processor time, none may write a file); time on the clock is bounded here.
/// </summary>
internal static class ToolProcess
{
    private const int LargestOutput = 128 << 20;

    /// <summary>What it wrote to its standard output.</summary>
    /// <param name="input">Goes to its standard input; may be empty.</param>
    /// <exception cref="PageToolException">It failed, or was too slow, or wrote too much.</exception>
    public static byte[] Run(string program, IEnumerable<string> arguments, byte[] input, TimeSpan patience)
    {
        using var process = Start(program, arguments);
        using var alarm = new Timer(_ => Kill(process), null, patience, Timeout.InfiniteTimeSpan);
        try
        {
            var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
            var sent = SendAsync(process, input);
            var output = ReadCapped(process.StandardOutput.BaseStream);
            sent.Wait();
            errors.Wait();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : throw new PageToolException(ranOut: process.ExitCode > 128);
        }
        finally
        {
            Kill(process);
        }
    }

    private static Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OMP_THREAD_LIMIT"] = "1"; // Tesseract's threads cost more than they bring
        return Process.Start(start) ?? throw new PageToolException(ranOut: false);
    }

    private static async Task SendAsync(Process process, byte[] input)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // it ended without reading all: its exit code says why
        }
    }

    private static byte[] ReadCapped(Stream output)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (output.Read(buffer) is var read and not 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > LargestOutput)
                throw new PageToolException(ranOut: true);
        }
        return bytes.ToArray();
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited)
                process.Kill(); // it starts no others; a confined process could not look for them
        }
        catch (InvalidOperationException)
        {
            // it ended by itself in between
        }
    }
}
