using System.Runtime.InteropServices;

namespace RagApp.Parsing.Sandbox;

/// <summary>
/// The verb <c>sandbox</c>: gives up rights that a program that opens documents does not need, and then executes that
/// program. It is a process of its own, because Landlock and seccomp apply to one thread and the programs it executes,
/// while a .NET process has several threads from the start.
/// </summary>
internal static class SandboxEntry
{
    public const string Verb = "sandbox";

    /// <summary>
    /// Option, valid only as the first argument: writes the measures in force to standard output, as a number, before the
    /// program starts.
    /// </summary>
    public const string Report = "--report";

    private const int CannotExecute = 126;
    private const int CloseRange = 436;
    private const nint FirstOther = 3;
    private const nint CloseOnExecute = 4;

    /// <returns>Returns only when no program is executed: 0 without arguments, as a test that this program starts.</returns>
    public static int Run(string[] arguments)
    {
        if (arguments.Length == 0)
            return 0;
        try
        {
            var isReport = arguments[0] == Report;
            var (rules, program) = SandboxRules.Parse(isReport ? arguments[1..] : arguments);
            var held = Apply(rules);
            if (isReport)
                Console.Out.WriteLine((int)held);
            LinuxCalls.ResetBrokenPipe();
            LinuxCalls.Execute(program[0], [.. program, null]);
            var error = Marshal.GetLastPInvokeError();
            Console.Error.WriteLine($"'{program[0]}' cannot be executed: error {error}.");
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            Console.Error.WriteLine(exception.Message);
        }
        return CannotExecute;
    }

    /// <summary>
    /// Applies the measures. The order matters: dropping capabilities needs a capability, and after the second measure the
    /// filter needs none.
    /// </summary>
    /// <exception cref="InvalidOperationException">A measure that the kernel supports could not be applied; no program is started then.</exception>
    private static Measures Apply(SandboxRules rules)
    {
        var held = If(Capabilities.TryDrop(), Measures.NoCapabilities)
            | If(LinuxCalls.TryForbidNewPrivileges(), Measures.NoNewPrivileges)
            | If(LinuxCalls.Call(CloseRange, FirstOther, int.MaxValue, CloseOnExecute, 0) == 0, Measures.ClosedFiles);
        if (Landlock.Version is > 0 and var version)
        {
            Landlock.Restrict(version, rules);
            held |= Measures.Files | If(version >= Landlock.SignalsVersion, Measures.Signals);
        }
        return held | If(SystemCallFilter.TryInstall(localSockets: rules.Sockets.Length > 0), Measures.SystemCalls);
    }

    private static Measures If(bool holds, Measures measure) => holds ? measure : Measures.None;
}
