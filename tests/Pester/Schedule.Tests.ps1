# The schedule as the machine's own scheduler runs it: the installed command in a real shell, and a crontab that is a file of the test.

BeforeAll {
    Set-StrictMode -Version Latest
    . (Join-Path $PSScriptRoot 'Common.ps1')
    Import-TestedModule
    $server = Get-SharedServer

    # Runs what would be installed, as a process and nothing else.
    function Invoke-Installed {
        param([string] $StatePath)
        $text = (Invoke-OtherShell "Import-Module `$module; Register-OrchestratorConnectorSchedule -Scheduler Launchd -StatePath '$StatePath' -WhatIf").Output
        $plist = [xml]($text.Substring($text.IndexOf('<plist')) -replace '(?s)</plist>.*', '</plist>')
        $words = @($plist.plist.dict.array.string)
        Wait-TestProcess (Start-TestProcess -Path $words[0] -Arguments $words[1..($words.Count - 1)])
    }
}

Describe 'The command that is installed' {
    It 'synchronizes what is due, and ends with 0' {
        $store = New-TestStore
        $null = New-OrchestratorConnector -Name Due -ServiceUrl $server.Atom -Folder '\Exchange' -Every 01:00:00
        $null = New-OrchestratorConnector -Name Later -ServiceUrl $server.WebApi -Folder '\Exchange' -WarningAction Ignore
        $result = Invoke-Installed $store
        $result.Errors | Should -BeNullOrEmpty
        $result.ExitCode | Should -Be 0
        "$((Get-OrchestratorConnector Due).Status)" | Should -Be 'FinishedSuccess'
        "$((Get-OrchestratorConnector Later).Status)" | Should -Be 'NeverRun'
        (Get-OrchestratorConnector Due).RunbookCount | Should -BeGreaterThan 0
        (Invoke-Installed $store).ExitCode | Should -Be 0
        @(Get-OrchestratorConnectorHistory).Count | Should -Be 1
    }

    It 'ends with 1 when one fails, and does the others all the same' {
        $store = New-TestStore
        $null = New-OrchestratorConnector -Name Bad -ServiceUrl "http://127.0.0.1:$(Get-ClosedPort)" -Protocol Atom -SkipTest -Every 01:00:00
        $null = New-OrchestratorConnector -Name Good -ServiceUrl $server.Atom -Folder '\Exchange' -Every 01:00:00
        $result = Invoke-Installed $store
        $result.ExitCode | Should -Be 1
        $result.Errors | Should -BeLike '*Nothing listens*'
        "$((Get-OrchestratorConnector Bad).Status)" | Should -Be 'FinishedWithError'
        "$((Get-OrchestratorConnector Good).Status)" | Should -Be 'FinishedSuccess'
    }

    It 'finds the module and the store whatever their paths hold' {
        $odd = Join-Path (Get-PSDrive -Name TestDrive).Root "it's [odd] & 50 $([char]0xFC)nits"
        $null = [System.IO.Directory]::CreateDirectory($odd)
        Copy-Item -LiteralPath (Split-Path (Get-ModuleManifestPath)) -Destination "$odd/OrchestratorConnector" -Recurse
        $store = "$odd/state.db"
        $null = New-OrchestratorConnector -Name A -ServiceUrl $server.Atom -Folder '\Exchange' -Every 01:00:00 -StatePath $store
        $quoted = $store -replace "'", "''"
        $other = "Import-Module ([wildcardpattern]::Escape('$("$odd/OrchestratorConnector/OrchestratorConnector.psd1" -replace "'", "''")')); Register-OrchestratorConnectorSchedule -Scheduler Launchd -StatePath '$quoted' -WhatIf"
        $text = (Invoke-OtherShell $other).Output
        $plist = [xml]($text.Substring($text.IndexOf('<plist')) -replace '(?s)</plist>.*', '</plist>')
        $words = @($plist.plist.dict.array.string)
        $words[-1] | Should -BeLike '*OrchestratorConnector/OrchestratorConnector.psd1*'
        $result = Wait-TestProcess (Start-TestProcess -Path $words[0] -Arguments $words[1..($words.Count - 1)])
        $result.Errors | Should -BeNullOrEmpty
        $result.ExitCode | Should -Be 0
        "$((Get-OrchestratorConnector A -StatePath $store).Status)" | Should -Be 'FinishedSuccess'
    }
}

if ([System.IO.Path]::DirectorySeparatorChar -eq '/') {
    Describe 'A crontab' {
        BeforeAll {
            # A crontab of the test in the place of the real one, and no systemd.
            $tools = Join-Path (Get-PSDrive -Name TestDrive).Root 'tools'
            $null = [System.IO.Directory]::CreateDirectory($tools)
            $table = Join-Path $tools 'table'
            [System.IO.File]::WriteAllText("$tools/crontab", @"
#!/bin/sh
case `$1 in
-l) [ -e '$table' ] || { echo 'no crontab for you' >&2; exit 1; }; cat '$table' ;;
-r) rm '$table' ;;
-) cat > '$table' ;;
esac
"@.Replace("`r", ''))
            [System.IO.File]::WriteAllText("$tools/systemctl", "#!/bin/sh`nexit 1`n")
            [System.IO.File]::WriteAllText("$tools/launchctl", "#!/bin/sh`nexit 1`n")
            $null = chmod +x "$tools/crontab" "$tools/systemctl" "$tools/launchctl"
            $path = $env:PATH
            $env:PATH = "${tools}:$path"
            $own = "# mine`n0 1 * * * backup`n"
            $kind = @{ Scheduler = 'Cron' }
        }

        AfterAll {
            $env:PATH = $path
        }

        BeforeEach {
            [System.IO.File]::WriteAllText($table, $own)
            $store = New-TestStore
        }

        It 'is not touched by -WhatIf, which shows the lines' {
            $text = (Invoke-OtherShell "Import-Module `$module; Register-OrchestratorConnectorSchedule -Scheduler Cron -WhatIf").Output
            $text | Should -BeLike "What if: *# BEGIN OrchestratorConnector-*`n`*/5 `* `* `* `* '*/pwsh'*-StatePath*$store*# END OrchestratorConnector-*Run: crontab -*"
            [System.IO.File]::ReadAllText($table) | Should -BeExactly $own
        }

        It 'gets a line, once, and gives it back' {
            $schedule = Register-OrchestratorConnectorSchedule @kind
            "$($schedule.Scheduler)" | Should -Be 'Cron'
            $schedule.Every | Should -Be ([timespan]'00:05:00')
            $schedule.Enabled | Should -BeTrue
            $schedule.StatePath | Should -Be $store
            $schedule.Shell | Should -Be (Join-Path $PSHOME 'pwsh')
            $schedule.Module | Should -Be (Get-ModuleManifestPath)
            "$schedule" | Should -Be $schedule.Name
            $text = [System.IO.File]::ReadAllText($table)
            $text | Should -Be ($own + $schedule.Text)
            $said = @(Register-OrchestratorConnectorSchedule @kind -Verbose 4>&1)
            "$said" | Should -BeLike '*nothing was changed*'
            [System.IO.File]::ReadAllText($table) | Should -BeExactly $text
            (Register-OrchestratorConnectorSchedule @kind -Every 00:30:00).Every | Should -Be ([timespan]'00:30:00')
            @(Get-OrchestratorConnectorSchedule).Count | Should -Be 1
            Unregister-OrchestratorConnectorSchedule | Should -BeNullOrEmpty
            [System.IO.File]::ReadAllText($table) | Should -BeExactly $own
        }

        It 'holds several stores, and -All lists them' {
            $null = Register-OrchestratorConnectorSchedule @kind
            $second = New-TestStore
            Get-OrchestratorConnectorSchedule | Should -BeNullOrEmpty
            $null = Register-OrchestratorConnectorSchedule @kind -Every 00:01:00
            (Get-OrchestratorConnectorSchedule -All).StatePath | Should -Be @($store, $second)
            (Get-OrchestratorConnectorSchedule).StatePath | Should -Be $second
            Get-OrchestratorConnectorSchedule -All | Unregister-OrchestratorConnectorSchedule
            [System.IO.File]::ReadAllText($table) | Should -BeExactly $own
        }

        if (-not $IsMacOS) {
            It 'is what Auto takes where there is nothing better' {
                "$((Register-OrchestratorConnectorSchedule).Scheduler)" | Should -Be 'Cron'
            }
        }

        It 'whose line names what is gone is told with a warning' {
            $null = Register-OrchestratorConnectorSchedule @kind
            [System.IO.File]::WriteAllText($table, [System.IO.File]::ReadAllText($table).Replace('OrchestratorConnector.psd1', 'Gone.psd1'))
            $null = Get-OrchestratorConnectorSchedule -WarningVariable warnings -WarningAction SilentlyContinue
            "$warnings" | Should -BeLike "*Gone.psd1' is not there any more*Register-OrchestratorConnectorSchedule*"
        }

        It 'that does not take the line is an error with its words' {
            [System.IO.File]::WriteAllText("$tools/table", $own)
            $working = [System.IO.File]::ReadAllText("$tools/crontab")
            try {
                [System.IO.File]::WriteAllText("$tools/crontab", "#!/bin/sh`n[ `"`$1`" = -l ] && exit 0`necho 'bad minute' >&2; exit 1`n")
                $problem = Get-ErrorOf { Register-OrchestratorConnectorSchedule @kind }
                $problem.FullyQualifiedErrorId | Should -Be 'SchedulerFailed,OrchestratorConnector.Commands.RegisterOrchestratorConnectorScheduleCommand'
                "$problem" | Should -BeLike '*crontab -*exit code 1*bad minute*'
            }
            finally {
                [System.IO.File]::WriteAllText("$tools/crontab", $working)
            }
        }

        It 'is shown in a table that fits 120 columns' {
            $null = Register-OrchestratorConnectorSchedule @kind
            $view = @((Get-OrchestratorConnectorSchedule | Out-String -Width 120) -split '\r?\n' | Where-Object { $_.Trim() }) -replace '\x1b\[[0-9;]*m', ''
            $view[0] -split '\s+' | Where-Object { $_ } | Should -Be @('Name', 'Scheduler', 'Every', 'Enabled', 'LastRunTime', 'LastResult', 'StatePath')
            ($view | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 120
            $view[2] | Should -Match '^OrchestratorConnector-[0-9a-f]{8}\s+Cron\s+00:05:00\s+True\s+'
        }
    }
}
