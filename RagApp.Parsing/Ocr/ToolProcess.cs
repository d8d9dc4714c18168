using System.Diagnostics;

namespace RagApp.Parsing.Ocr;

/// <summary>
/// Runs a program that a parser child starts for one page. The program inherits the child's sandbox and limits (memory
/// and processor time for each process, no writing of files); the elapsed time is limited here.
/// </summary>
internal static class ToolProcess
{
    private const int LargestOutput = 128 << 20;

    /// <summary>Runs the program, and returns its standard output.</summary>
    /// <param name="input">Bytes for its standard input; may be empty.</param>
    /// <exception cref="PageToolException">The program failed, exceeded its time, or wrote too much.</exception>
    public static byte[] Run(string program, IEnumerable<string> arguments, byte[] input, TimeSpan timeout)
    {
        using var process = Start(program, arguments);
        using var alarm = TimeProvider.System.CreateTimer(_ => Kill(process), state: null, timeout, Timeout.InfiniteTimeSpan);
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
        start.Environment["OMP_THREAD_LIMIT"] = "1"; // more threads make Tesseract slower in total
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
            // the program ended without reading all input; its exit code tells the reason
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
                process.Kill(); // not the whole tree: it starts no other processes, and a sandboxed process could not find them
        }
        catch (InvalidOperationException)
        {
            // the program has already ended
        }
    }
}
