# The report as an admin writes it: from a folder, over a store with two connectors.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    Import-TestedModule
    $server = Get-SharedServer
    $store = New-TestStore
    $null = New-OrchestratorConnector -Name Production -ServiceUrl $server.Atom
    $null = New-OrchestratorConnector -Name Test -ServiceUrl $server.Base -Folder '\Exchange'
    $null = Sync-OrchestratorConnector *
    $folder = Join-Path (Get-PSDrive -Name TestDrive).Root 'reports'
    $null = New-Item -ItemType Directory -Path $folder

    # The library in a page, as its script reads it.
    function Get-ReportedLibrary {
        param([string] $Path)
        $text = [System.IO.File]::ReadAllText($Path)
        [regex]::Match($text, '(?s)id="library-data">(.*?)</script>').Groups[1].Value | ConvertFrom-Json
    }
}

Describe 'Export-SMRunbookReport' {
    BeforeEach {
        Push-Location -LiteralPath $folder
    }

    AfterEach {
        Pop-Location
        Get-ChildItem -LiteralPath $folder -Force | Remove-Item -Force
    }

    It 'writes a page about the whole store into the folder where one is, and says nothing' {
        Export-SMRunbookReport report.html | Should -BeNullOrEmpty
        $library = Get-ReportedLibrary (Join-Path $folder 'report.html')
        @($library.runbooks).Count | Should -Be @(Get-SMRunbook).Count
        (@($library.connectors) | ForEach-Object { $_[0] } | Sort-Object) -join ',' | Should -Be 'Production,Test'
        @(Get-ChildItem -LiteralPath $folder -Force).Count | Should -Be 1
    }

    It 'is about the connectors, the time and under the title that are given, and returns the file' {
        $file = Export-SMRunbookReport report.html -Connector Te* -Since (Get-Date).AddDays(-7) -Title 'Test & more' -PassThru
        $file | Should -BeOfType System.IO.FileInfo
        @((Get-ReportedLibrary $file.FullName).runbooks).Count | Should -Be @(Get-SMRunbook -Connector Test).Count
        [System.IO.File]::ReadAllText($file.FullName) | Should -Match '<title>Test &amp; more</title>'
    }

    It 'takes a literal path, also on a drive of PowerShell' {
        Export-SMRunbookReport -LiteralPath 'TestDrive:\reports\report [1].html'
        (Get-ChildItem -LiteralPath $folder).Name | Should -Be 'report [1].html'
    }

    It 'writes nothing with -WhatIf' {
        Export-SMRunbookReport report.html -WhatIf
        Get-ChildItem -LiteralPath $folder | Should -BeNullOrEmpty
    }

    It 'refuses a connector that was never there, and names the nearest' {
        $problem = Get-ErrorOf { Export-SMRunbookReport report.html -Connector Produktion }
        $problem.FullyQualifiedErrorId | Should -Be 'ConnectorNotFound,OrchestratorConnector.Commands.ExportSMRunbookReportCommand'
        "$problem" | Should -Match "'Production'"
        Get-ChildItem -LiteralPath $folder | Should -BeNullOrEmpty
    }

    It 'completes the connectors' {
        (TabExpansion2 'Export-SMRunbookReport x.html -Connector ').CompletionMatches.CompletionText | Should -Be 'Production', 'Test'
    }
}
