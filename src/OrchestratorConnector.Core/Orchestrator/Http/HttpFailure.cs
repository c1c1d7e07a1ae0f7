using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.Orchestrator.Http;

/// <summary>Makes one of the product's errors of whatever an HTTP stack throws, on .NET and on .NET Framework.</summary>
internal static class HttpFailure
{
    /// <summary>The same error, marked as one that may pass.</summary>
    public static OrchestratorException AsTransient(this OrchestratorException error) =>
        new(error, isTransient: true);

    /// <summary>What went wrong before an answer came.</summary>
    public static OrchestratorException OfRequest(Uri url, Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case AuthenticationException:
                    return Error.TlsFailed(url, e.Message, exception);
                case SocketException socket when IsNameFailure(socket.SocketErrorCode):
                    return Error.HostNotFound(url, exception);
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return Error.ConnectionRefused(url, exception).AsTransient();
                case WebException { Status: WebExceptionStatus.NameResolutionFailure }:
                    return Error.HostNotFound(url, exception);
                case WebException { Status: WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure }:
                    return Error.TlsFailed(url, e.Message, exception);
                default:
                    break;
            }
        }

        return Error.ConnectionFailed(url, Innermost(exception).Message, exception).AsTransient();
    }

    /// <summary>What went wrong while the body came.</summary>
    public static OrchestratorException OfBody(Uri url, Exception exception) => exception is InvalidDataException
        ? Error.ResponseMalformed(url, "its compression is broken: " + exception.Message, exception)
        : Error.ConnectionFailed(url, "it broke while the answer came: " + Innermost(exception).Message, exception).AsTransient();

    private static bool IsNameFailure(SocketError code) => code is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery;

    private static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception;
    }
}
