using System.Globalization;
using System.Text;

namespace FakeOrchestrator;

/// <summary>What the web server itself says, in HTML.</summary>
internal static class IisPages
{
    /// <summary>A page that has nothing to do with the service.</summary>
    internal static byte[] Portal { get; } = Encoding.UTF8.GetBytes(
        "<!DOCTYPE html>\r\n<html><head><title>Sign in to the network</title></head><body><h1>Sign in</h1><p>The proxy needs you to sign in<br>before you go on.</p></body></html>\r\n");

    internal static Answer Error(int status)
    {
        string title = status switch
        {
            401 => "401 - Unauthorized: Access is denied due to invalid credentials.",
            403 => "403 - Forbidden: Access is denied.",
            404 => "404 - File or directory not found.",
            _ => string.Create(CultureInfo.InvariantCulture, $"{status} - The request cannot be answered."),
        };
        string page = "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">\r\n"
            + $"<html xmlns=\"http://www.w3.org/1999/xhtml\">\r\n<head>\r\n<title>{title}</title>\r\n</head>\r\n<body>\r\n<div id=\"header\"><h1>Server Error</h1></div>\r\n<h2>{title}</h2>\r\n</body>\r\n</html>\r\n";
        return new Answer(status, "text/html", Encoding.UTF8.GetBytes(page));
    }
}
